import { quantity, sum } from '../../../formats/quantity';
import { readable, sharesAtRest } from '../../analysis/capacity';
import { largestUse } from '../../analysis/quota-use';
import { nameOf, ofKind, workloads } from '../../manifests/workloads';
import { rule } from '../../rule';

export const quota = rule({
  id: 'quota',
  what: 'The ResourceQuota is missing, or too small for peak usage, or peak usage has no limit.',
  why: 'Peak usage is every replica in the middle of a rolling update, with old pods still terminating and each Job running: a quota that is too small shows under the highest load, as pods that are not created.',
  remedy: 'Raise the quota, or lower requests, limits or replicas.',
  link: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  find: (subject) => {
    const { manifests } = subject;
    const quotas = ofKind(manifests, 'ResourceQuota');
    if (quotas.length === 0) {
      if (workloads(manifests).length === 0) return undefined;
      const wrong = 'is missing, so one mistake may take the whole cluster';
      return { where: 'ResourceQuota', wrong, remedy: 'Emit one for the namespace', severity: 'warning' };
    }
    return [
      quotas
        .filter(({ spec }) => Object.keys(spec?.hard ?? {}).length === 0)
        .map((object) => ({
          where: `${nameOf(object)} spec.hard`,
          wrong: 'limits nothing',
          remedy: 'Set pods, requests and limits',
        })),
      quotas.map((object) =>
        Object.entries<unknown>(object.spec?.hard ?? {}).map(([key, hard]) => {
          const needed = largestUse(key, object, subject) ?? 0;
          return (
            needed > (quantity(hard) ?? 0) && {
              where: `${nameOf(object)} spec.hard[${key}]`,
              value: hard,
              wrong: `is too small for peak usage (all replicas during a rollout), ${readable(needed, key)}`,
              remedy: 'Raise it, or lower requests, limits or replicas',
            }
          );
        }),
      ),
      ofKind(manifests, 'CronJob')
        .filter(({ spec }) => (spec?.concurrencyPolicy ?? 'Allow') === 'Allow')
        .map((job) => ({
          where: `${nameOf(job)} spec.concurrencyPolicy`,
          value: job.spec?.concurrencyPolicy,
          wrong: 'lets slow runs pile up, so no quota is large enough',
          remedy: 'Use Forbid',
          severity: 'warning',
        })),
    ];
  },
});

export const budget = rule({
  id: 'budget',
  severity: 'warning',
  what: 'All requests together are more than the budget of the environment at rest.',
  why: 'A laptop has few cores, and a pod that does not fit stays Pending; on a cluster it is what a first deploy needs, and what is paid for. Servers count with their fewest replicas and Jobs once; CronJobs do not count.',
  remedy: 'Lower requests, or raise the budget of the environment.',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/',
  needs: ['budget'],
  find: ({ manifests, budget }) =>
    (['cpu', 'memory'] as const).map((resource) => {
      const shares = sharesAtRest(manifests, resource);
      const total = sum(shares.map(({ amount }) => amount));
      if (total <= (quantity(budget[resource]) ?? 0)) return undefined;
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
