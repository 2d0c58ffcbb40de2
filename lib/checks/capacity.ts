import { quantity, sum } from '../kubernetes/quantity';
import type { Manifest } from './check';
import { type Json, ofKind, type Workload } from './workloads';

export type Bound = 'requests' | 'limits';

/** `requests` or `limits` of one container; what cannot be read counts as nothing here and is found by `resources`. */
export const containerAmount = (container: Json, bound: Bound, resource: string): number =>
  quantity(container.resources?.[bound]?.[resource]) ?? 0;

/**
 * What a pod takes of the node. Init containers run one after the other and before the others, so only the
 * largest counts, with the sidecars (`restartPolicy: Always`) that already run beside it.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function podAmount(pod: Json, bound: Bound, resource: string): number {
  const amounts = (containers: Json[]) => containers.map((c) => containerAmount(c, bound, resource));
  const isSidecar = ({ restartPolicy }: Json) => restartPolicy === 'Always';
  const inits: Json[] = pod.initContainers ?? [];
  const running = sum(amounts([...(pod.containers ?? []), ...inits.filter(isSidecar)]));
  const starting = inits.map((init, i) => sum(amounts([...inits.slice(0, i).filter(isSidecar), init])));
  return Math.max(running, ...starting);
}

/** How many pods a workload has. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  /** Pods that a rolling update adds for a while. */
  readonly surge: number;
}

export function scaleOf({ manifest }: Workload, manifests: readonly Manifest[]): Scale {
  const { kind, metadata, spec = {} } = manifest;
  if (kind === 'Pod') return { min: 1, max: 1, surge: 0 };
  if (kind === 'Job' || kind === 'CronJob') {
    const { parallelism = 1 } = (kind === 'Job' ? spec : spec.jobTemplate?.spec) ?? {};
    return { min: parallelism, max: parallelism, surge: 0 };
  }
  const autoscaler = ofKind(manifests, 'HorizontalPodAutoscaler').find(
    ({ spec }) => spec?.scaleTargetRef?.kind === kind && spec.scaleTargetRef.name === metadata.name,
  );
  const { replicas = 1 } = spec;
  const min = autoscaler ? (autoscaler.spec.minReplicas ?? 1) : replicas;
  const max = autoscaler ? autoscaler.spec.maxReplicas : replicas;
  return { min, max, surge: kind === 'Deployment' ? surgeOf(spec, max) : 0 };
}

function surgeOf({ strategy = {} }: Json, replicas: number): number {
  if (strategy.type === 'Recreate') return 0;
  return share(strategy.rollingUpdate?.maxSurge ?? '25%', replicas);
}

/** `1` or `25%` of a number, rounded up, as Kubernetes does for surges and budgets. */
export const share = (value: number | string, of: number): number =>
  typeof value === 'string' && value.endsWith('%')
    ? Math.ceil((Number.parseFloat(value) * of) / 100)
    : Number(value);
