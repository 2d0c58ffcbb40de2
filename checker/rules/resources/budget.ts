import { quantity, sum } from '../../../formats/quantity';
import { podAmount, scaleOf } from '../../analysis/capacity';
import type { Manifest } from '../../manifests/check';
import { type Workload, workloads } from '../../manifests/workloads';
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

/** What a workload takes of something that all share. */
export interface Share {
  readonly workload: Workload;
  /** `Deployment/web` */
  readonly name: string;
  readonly amount: number;
}

/** What each workload requests while nothing is rolled out and nobody is busy. */
export const sharesAtRest = (manifests: readonly Manifest[], resource: 'cpu' | 'memory'): Share[] =>
  workloads(manifests)
    .filter(({ manifest }) => manifest.kind !== 'CronJob')
    .map((workload) => ({
      workload,
      name: workload.name,
      amount: podAmount(workload.pod, 'requests', resource) * scaleOf(workload, manifests).min,
    }));

/** An amount as people write it: cores, or bytes in Mi. */
export const readable = (amount: number, resource: string): string =>
  /(memory|storage)$/.test(resource) ? `${Math.ceil(amount / 2 ** 20)}Mi` : String(sum([amount]));
