import { quantity, sum } from '../../formats/quantity';
import { grouped } from '../manifests/grouped';
import { kindOf } from '../manifests/kinds';
import type { ContainerSpec, PodSpec, WorkloadSpec } from '../manifests/kubernetes';
import type { Manifest } from '../manifests/manifest';
import { namespaceOf } from '../manifests/namespaces';
import { ofKind, once, type Workload, workloads } from '../manifests/workloads';

export type Bound = 'requests' | 'limits';

/** Of a container, or of a claim. */
type Resources = Pick<NonNullable<ContainerSpec['resources']>, Bound>;

/** `requests` or `limits` of one container; what cannot be read counts as nothing here and is found by `resources`. */
export const containerAmount = (
  container: { readonly resources?: Resources },
  bound: Bound,
  resource: string,
): number => quantity(container.resources?.[bound]?.[resource]) ?? 0;

/**
 * What a pod takes of the node. Init containers run one after the other and before the others, so only the
 * largest counts, with the sidecars (`restartPolicy: Always`) that already run beside it.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function podAmount(pod: PodSpec, bound: Bound, resource: string): number {
  const amounts = (containers: readonly ContainerSpec[]) =>
    containers.map((c) => containerAmount(c, bound, resource));
  const isSidecar = ({ restartPolicy }: ContainerSpec) => restartPolicy === 'Always';
  const inits = pod.initContainers ?? [];
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
  /** Pods that are terminating: until they have drained they keep their memory, their connections and their quota. */
  readonly leaving: number;
}

/** All pods that there can be at once. */
export const most = ({ max, surge, leaving }: Scale): number => max + surge + leaving;

const fixed = (pods: number): Scale => ({ min: pods, max: pods, surge: 0, leaving: 0 });

/** A DaemonSet has a pod on each node; no manifest has the number of nodes, so one is counted. */
export function scaleOf({ manifest }: Workload, manifests: readonly Manifest[]): Scale {
  const { kind, spec = {} } = manifest;
  if (kind === 'Pod' || kind === 'DaemonSet') return fixed(1);
  if (kind === 'Job' || kind === 'CronJob') {
    const { parallelism = 1, completions = parallelism } =
      (kind === 'Job' ? spec : spec.jobTemplate?.spec) ?? {};
    return fixed(Math.min(parallelism, completions));
  }
  const [autoscaler] = autoscalersOf(manifest, manifests);
  const { replicas = 1 } = spec;
  const { minReplicas = 1, maxReplicas = minReplicas } = autoscaler?.spec ?? {};
  const [min, max] = autoscaler ? [minReplicas, maxReplicas] : [replicas, replicas];
  return { min, max, ...(kind === 'Deployment' ? rolling(spec, max) : { surge: 0, leaving: 0 }) };
}

/** The autoscalers of a workload; one should be enough. */
export const autoscalersOf = (workload: Manifest, manifests: readonly Manifest[]) =>
  autoscalers(manifests).get(targetId(workload, workload, workload.metadata.name)) ?? [];

const autoscalers = once((manifests: readonly Manifest[]) =>
  grouped(
    ofKind(manifests, 'HorizontalPodAutoscaler').map((one) => {
      const { apiVersion, kind = '', name } = one.spec?.scaleTargetRef ?? {};
      return [targetId(one, { apiVersion, kind }, name), one] as const;
    }),
  ),
);

const targetId = (near: Manifest, typed: Parameters<typeof kindOf>[0], name: string | undefined): string =>
  `${namespaceOf(near)} ${kindOf(typed)} ${name}`;

/** A StatefulSet, and a Deployment that recreates, wait until a pod is gone before they replace it. */
function rolling({ strategy }: WorkloadSpec, replicas: number): Pick<Scale, 'surge' | 'leaving'> {
  if (strategy?.type === 'Recreate') return { surge: 0, leaving: 0 };
  const { maxSurge = '25%', maxUnavailable = '25%' } = strategy?.rollingUpdate ?? {};
  const surge = share(maxSurge, replicas);
  // Kubernetes lets at least one go: nothing would ever move otherwise.
  return { surge, leaving: Math.max(1, surge + share(maxUnavailable, replicas, Math.floor)) };
}

/** `1` or `25%` of a number. Kubernetes rounds up for surges and budgets, and down for what a rollout takes away. */
export const share = (value: number | string, of: number, round = Math.ceil): number =>
  typeof value === 'string' && value.endsWith('%')
    ? round((Number.parseFloat(value) * of) / 100)
    : Number(value);

/** What a workload takes of something that all share. */
export interface Share {
  readonly workload: Workload;
  /** `Deployment/web` */
  readonly name: string;
  readonly amount: number;
}

/** What each workload requests at rest: no rollout, smallest number of replicas. */
export const sharesAtRest = (manifests: readonly Manifest[], resource: 'cpu' | 'memory'): Share[] =>
  workloads(manifests)
    .filter(({ manifest }) => manifest.kind !== 'CronJob')
    .map((workload) => ({
      workload,
      name: workload.name,
      amount: podAmount(workload.pod, 'requests', resource) * scaleOf(workload, manifests).min,
    }));

/** An amount as written: cores, or bytes in Mi. */
export const readable = (amount: number, resource: string): string =>
  /(memory|storage)$/.test(resource) ? `${Math.ceil(amount / 2 ** 20)}Mi` : String(sum([amount]));
