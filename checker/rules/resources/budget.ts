import { quantity, sum } from '../../../formats/quantity';
import { readable, sharesAtRest } from '../../analysis/capacity';
import { rule } from '../../rule';

export const budget = rule({
  id: 'budget',
  what: 'All requests together are more than the budget of the environment at rest.',
  why: 'A laptop has few cores, and a pod that does not fit stays Pending; on a cluster it is what a first deploy needs, and what is paid for. Servers count with their fewest replicas and Jobs once; CronJobs do not count.',
  remedy: 'Lower requests, or raise the budget of the environment.',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/',
  needs: ['budget'],
  find: ({ manifests, budget }) =>
    (['cpu', 'memory'] as const).flatMap((resource) => {
      const shares = sharesAtRest(manifests, resource);
      const total = sum(shares.map(({ amount }) => amount));
      if (total <= (quantity(budget[resource]) ?? 0)) return [];
      const largest = shares.sort((a, b) => b.amount - a.amount).slice(0, 3);
      return {
        where: `budget ${resource}`,
        value: budget[resource],
        wrong: `is less than all requests together, ${readable(total, resource)}`,
        remedy: `Lower requests or raise the budget; the largest are ${largest
          .map(({ name, amount }) => `${name} ${readable(amount, resource)}`)
          .join(', ')}`,
      };
    }),
});
