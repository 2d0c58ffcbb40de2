import { quantity } from '../../../formats/quantity';
import { readable } from '../../analysis/capacity';
import { largestUse } from '../../analysis/quota-use';
import { nameOf, ofKind } from '../../manifests/workloads';
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
      const wrong = 'is missing, so one mistake may take the whole cluster';
      return [{ where: 'ResourceQuota', wrong, remedy: 'Emit one for the namespace' }];
    }
    const empty = quotas
      .filter(({ spec }) => Object.keys(spec?.hard ?? {}).length === 0)
      .map((object) => ({
        where: `${nameOf(object)} spec.hard`,
        wrong: 'limits nothing',
        remedy: 'Set pods, requests and limits',
      }));
    const tooSmall = quotas.flatMap((object) =>
      Object.entries<unknown>(object.spec?.hard ?? {}).flatMap(([key, hard]) => {
        const needed = largestUse(key, object, subject);
        if (needed === undefined || needed <= (quantity(hard) ?? 0)) return [];
        return {
          where: `${nameOf(object)} spec.hard[${key}]`,
          value: hard,
          wrong: `is too small for peak usage (all replicas during a rollout), ${readable(needed, key)}`,
          remedy: 'Raise it, or lower requests, limits or replicas',
        };
      }),
    );
    const boundless = ofKind(manifests, 'CronJob')
      .filter(({ spec }) => (spec?.concurrencyPolicy ?? 'Allow') === 'Allow')
      .map((job) => ({
        where: `${nameOf(job)} spec.concurrencyPolicy`,
        value: job.spec?.concurrencyPolicy,
        wrong: 'lets slow runs pile up, so no quota is large enough',
        remedy: 'Use Forbid',
      }));
    return [...empty, ...tooSmall, ...boundless];
  },
});
