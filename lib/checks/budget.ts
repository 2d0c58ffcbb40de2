import { quantity, sum } from '../kubernetes/quantity';
import { podAmount, scaleOf } from './capacity';
import type { Check } from './check';
import { workloads } from './workloads';

/**
 * Everything together fits where the environment is meant to run: a laptop has so many cores, and a pod
 * that finds no room waits for ever. Counted are the pods that are up at the same time after `apply`: servers
 * at their smallest, Jobs once; not CronJobs, which find their moment.
 */
export const budget: Check = ({ manifests, budget }) => {
  if (!budget) return [];
  const counted = workloads(manifests).filter(({ manifest }) => manifest.kind !== 'CronJob');
  return (['cpu', 'memory'] as const).flatMap((resource) => {
    const shares = counted.map((workload) => ({
      name: workload.name,
      amount: podAmount(workload.pod, 'requests', resource) * scaleOf(workload, manifests).min,
    }));
    const total = sum(shares.map(({ amount }) => amount));
    if (total <= (quantity(budget[resource]) ?? 0)) return [];
    const largest = shares.sort((a, b) => b.amount - a.amount).slice(0, 3);
    return {
      where: `budget ${resource}`,
      value: budget[resource],
      rule: `is less than all requests together, ${readable(total, resource)}`,
      remedy: `Lower requests or raise the budget; the largest are ${largest
        .map(({ name, amount }) => `${name} ${readable(amount, resource)}`)
        .join(', ')}`,
    };
  });
};

/** An amount as people write it: cores, or bytes in Mi. */
export const readable = (amount: number, resource: string): string =>
  /memory|storage/.test(resource) ? `${Math.ceil(amount / 2 ** 20)}Mi` : String(sum([amount]));
