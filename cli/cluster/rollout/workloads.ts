import { GaveUpError } from '../../terminal/errors';
import type { ApiObject, Kubectl } from '../kubectl';
import { missing } from '../readiness';

/** A workload as it is in the cluster. */
export interface Workload {
  /** `Deployment/web` */
  readonly name: string;
  /** Undefined: it is not there. */
  readonly object?: ApiObject;
  /** What is missing until it is ready or complete; undefined when nothing is. */
  readonly lack?: string;
  /** It has ended without success, and nothing will change that. */
  readonly failed: boolean;
  /** Its pods as it describes them now: others are on their way out. */
  readonly pods: readonly ApiObject[];
  /** Pods of an earlier template that have not gone yet. */
  readonly oldPods: readonly ApiObject[];
}

export const nameOf = ({ kind, metadata }: { kind: string; metadata: { name?: string } }): string =>
  `${kind}/${metadata.name}`;

/** Whether an object starts by itself, and is ready or complete at some time; CronJobs wait for their hour. */
export const isAwaited = ({ kind }: { kind: string }): boolean =>
  ['Deployment', 'StatefulSet', 'Job'].includes(kind);

/** The state of some workloads, and of their pods. */
export async function workloadsOf(kubectl: Kubectl, names: readonly string[]): Promise<Workload[]> {
  const objects = await kubectl.list('deployments,statefulsets,jobs,replicasets,pods');
  return names.map((name) => {
    const object = objects.find((one) => nameOf(one) === name);
    if (!object) return { name, lack: 'is not there', failed: false, pods: [], oldPods: [] };
    const all = podsOf(object, objects);
    const pods = all.filter((pod) => isCurrent(pod, object, objects));
    const oldPods = all.filter((pod) => !pods.includes(pod) && pod.status?.phase !== 'Succeeded');
    return { name, object, ...lackOf(object), pods, oldPods };
  });
}

/** What is missing until a workload is ready or complete, and whether it has failed for good. */
export function lackOf(object: ApiObject): Pick<Workload, 'lack' | 'failed'> {
  try {
    return { lack: missing(object), failed: false };
  } catch (error) {
    if (!(error instanceof GaveUpError)) throw error;
    return { lack: error.message, failed: true };
  }
}

/** The pods that a workload counts as its own; not those of one command. */
export function podsOf({ kind, metadata, spec }: ApiObject, objects: readonly ApiObject[]): ApiObject[] {
  const wanted = Object.entries(
    kind === 'Job' ? { 'batch.kubernetes.io/job-name': metadata.name } : (spec?.selector?.matchLabels ?? {}),
  );
  return objects.filter(({ kind: other, metadata: { labels = {} } }) => {
    if (other !== 'Pod' || (labels['coped.org/one-off'] && kind !== 'Job')) return false;
    return wanted.length > 0 && wanted.every(([label, value]) => labels[label] === value);
  });
}

const REVISION = 'deployment.kubernetes.io/revision';
const HASH = 'pod-template-hash';

/**
 * Whether a pod is of the template that was applied last: what an older one does says nothing about it. Until the controller has
 * noticed the template, no pod is.
 */
function isCurrent(pod: ApiObject, workload: ApiObject, objects: readonly ApiObject[]): boolean {
  const { kind, metadata, status = {} } = workload;
  if (kind === 'Job') return true;
  if (status.observedGeneration !== metadata.generation) return false;
  const { labels = {} } = pod.metadata;
  if (kind === 'StatefulSet') return labels['controller-revision-hash'] === status.updateRevision;
  const own = objects.filter((one) => one.kind === 'ReplicaSet' && isOwned(one, metadata.uid));
  const set = own.find((one) => one.metadata.annotations?.[REVISION] === metadata.annotations?.[REVISION]);
  return set !== undefined && labels[HASH] === set.metadata.labels?.[HASH];
}

const isOwned = ({ metadata }: ApiObject, uid?: string): boolean =>
  (metadata.ownerReferences ?? []).some((owner) => owner.uid === uid);
