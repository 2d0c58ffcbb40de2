import { type Scale, scaleOf, share } from '../../analysis/capacity';
import type { WorkloadObject, WorkloadSpec } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { workloads } from '../../manifests/workloads';
import { count } from '../wording';

type Pods = Pick<Scale, 'min' | 'max'>;

/** How a workload replaces its pods. */
export interface Rollout {
  /** The rest of a sentence that begins with the workload. */
  readonly what: string;
  /** No pod answers for a while. */
  readonly downtime: boolean;
}

/**
 * How the pods of a changed workload are replaced, according to its strategy.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies
 */
export function rollout(manifest: WorkloadObject, manifests: readonly Manifest[]): Rollout {
  const scale = workloads([manifest]).map((workload) => scaleOf(workload, manifests))[0] ?? ONE;
  const { kind, spec = {} } = manifest;
  if (kind === 'DaemonSet') return smooth('its pods restart, one node after the other');
  if (scale.max === 0) return smooth('has no pods, so nothing restarts');
  return kind === 'StatefulSet' ? ofStatefulSet(spec, scale) : ofDeployment(spec, scale);
}

const ONE: Pods = { min: 1, max: 1 };

const smooth = (what: string): Rollout => ({ what, downtime: false });

function ofStatefulSet({ updateStrategy = {} }: WorkloadSpec, scale: Pods): Rollout {
  if (updateStrategy.type === 'OnDelete') return smooth('its pods change only when you delete them');
  return scale.min > 1
    ? smooth(`its ${pods(scale)} restart one at a time, the last first; each is away until it is ready again`)
    : { what: 'its only pod stops, then starts again: a short downtime', downtime: true };
}

function ofDeployment({ strategy = {} }: WorkloadSpec, scale: Pods): Rollout {
  if (strategy.type === 'Recreate') {
    return { what: `its ${pods(scale)} all stop before new ones start: a downtime`, downtime: true };
  }
  const away = missing(strategy.rollingUpdate ?? {}, scale);
  if (away === 0) {
    return smooth(
      scale.max === 1
        ? 'its pod is replaced; the new one is ready before the old one stops'
        : `its ${pods(scale)} are replaced one by one; a new one is ready before an old one stops`,
    );
  }
  return away >= scale.min
    ? { what: `its ${pods(scale)} are replaced, and all may be away at once: a downtime`, downtime: true }
    : smooth(`its ${pods(scale)} are replaced; up to ${away} are away at a time`);
}

type RollingUpdate = NonNullable<NonNullable<WorkloadSpec['strategy']>['rollingUpdate']>;

/** Pods that may be away at once. Percentages are rounded down here; if that leaves nothing to move, one may go. */
function missing({ maxSurge = '25%', maxUnavailable = '25%' }: RollingUpdate, { min }: Pods): number {
  const exact = String(maxUnavailable).endsWith('%')
    ? Math.floor((Number.parseFloat(String(maxUnavailable)) * min) / 100)
    : Number(maxUnavailable);
  return share(maxSurge, min) === 0 ? Math.max(exact, 1) : exact;
}

/** `2 pods`, `3 to 10 pods`. */
export const pods = ({ min, max }: Pods): string =>
  min === max ? count(max, 'pod') : `${min} to ${max} pods`;
