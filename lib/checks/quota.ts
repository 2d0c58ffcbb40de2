import { quantity, sum } from '../kubernetes/quantity';
import { readable } from './budget';
import { type Bound, podAmount, scaleOf } from './capacity';
import type { Manifest } from './check';
import { rule } from './rule';
import { type Json, nameOf, ofKind, workloads } from './workloads';

export const quota = rule({
  id: 'quota',
  what: 'The ResourceQuota is missing, or too small for the largest moment.',
  why: 'Everybody scaled out, in the middle of a rolling update, while each Job runs once: a quota that is too small shows in the worst hour, as pods that never come.',
  remedy: 'Raise the quota, or lower requests, limits or replicas.',
  link: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  find: ({ manifests }) => {
    const quotas = ofKind(manifests, 'ResourceQuota');
    if (quotas.length === 0) {
      const wrong = 'is missing, so one mistake may take the whole cluster';
      return [{ where: 'ResourceQuota', wrong, remedy: 'Emit one for the namespace' }];
    }
    return quotas.flatMap((object) =>
      Object.entries<unknown>(object.spec?.hard ?? {}).flatMap(([key, hard]) => {
        const needed = largest(key, manifests);
        if (needed === undefined || needed <= (quantity(hard) ?? 0)) return [];
        return {
          where: `${nameOf(object)} spec.hard[${key}]`,
          value: hard,
          wrong: `is too small for the largest moment, ${readable(needed, key)}`,
          remedy: 'Raise it, or lower requests, limits or replicas',
        };
      }),
    );
  },
});

/** What the largest moment takes of the thing that a quota key counts; undefined for keys we do not use. */
function largest(key: string, manifests: readonly Manifest[]): number | undefined {
  const claims = claimSizes(manifests);
  if (key === 'requests.storage') return sum(claims);
  if (key === 'persistentvolumeclaims') return claims.length;

  const pods = workloads(manifests).map((workload) => {
    const { max, surge } = scaleOf(workload, manifests);
    return { pod: workload.pod, count: max + surge };
  });
  if (key === 'pods') return sum(pods.map(({ count }) => count));

  const [, bound = 'requests', resource] =
    /^(?:(requests|limits)\.)?(cpu|memory|ephemeral-storage)$/.exec(key) ?? [];
  if (!resource) return undefined;
  return sum(pods.map(({ pod, count }) => podAmount(pod, bound as Bound, resource) * count));
}

/** One entry for each claim: emitted, or made for each replica of a StatefulSet. */
const claimSizes = (manifests: readonly Manifest[]): number[] => [
  ...ofKind(manifests, 'PersistentVolumeClaim').map(({ spec }) => size(spec)),
  ...workloads(manifests).flatMap((workload) =>
    (workload.manifest.spec?.volumeClaimTemplates ?? []).flatMap(({ spec }: Json) =>
      Array.from({ length: scaleOf(workload, manifests).max }, () => size(spec)),
    ),
  ),
];

const size = (spec: Json): number => quantity(spec?.resources?.requests?.storage) ?? 0;
