import { quantity, sum } from '../../../formats/quantity';
import { readable, sharesAtRest } from '../../analysis/capacity';
import { rule } from '../../rule';

export const budget = rule({
  id: 'budget',
  what: 'All requests together are more than the environment may take at rest.',
  why: 'A laptop has so many cores, and a pod that finds no room waits for ever; on a cluster it is what a first deploy needs, and what is paid for. Counted are servers at their smallest and Jobs once; CronJobs find their moment.',
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
