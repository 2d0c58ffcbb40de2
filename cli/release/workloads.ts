import type { Manifest } from '../../checker/manifests/manifest';
import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { missing } from '../cluster/readiness';
import { GaveUpError } from '../terminal/errors';

/** What a release has to wait for; CronJobs wait for their hour. */
const AWAITED = ['Deployment', 'StatefulSet', 'Job'];

/** A workload of a release as it stands in the cluster. */
export interface Workload {
  /** `Deployment/web` */
  readonly name: string;
  /** Undefined: it is not there. */
  readonly object?: ApiObject;
  /** What is missing until it is as the release wants it; undefined when nothing is. */
  readonly lack?: string;
  /** It has ended without success, and nothing will change that. */
  readonly failed: boolean;
  /** Its pods as the release describes them: those of the release before are on their way out. */
  readonly pods: readonly ApiObject[];
  /** Pods of the release before that have not gone yet. */
  readonly oldPods: readonly ApiObject[];
}

/** The state of everything in a release that has pods and starts by itself. */
export async function workloadsOf(kubectl: Kubectl, manifests: readonly Manifest[]): Promise<Workload[]> {
  const live: ApiObject[] = (await kubectl.get('deployments,statefulsets,jobs,replicasets,pods')).items;
  return manifests
    .filter(({ kind }) => AWAITED.includes(kind))
    .map(({ kind, metadata }) => {
      const name = `${kind}/${metadata.name}`;
      const object = live.find((one) => one.kind === kind && one.metadata.name === metadata.name);
      if (!object) return { name, lack: 'is not there', failed: false, pods: [], oldPods: [] };
      const all = podsOf(object, live);
      const pods = all.filter((pod) => isCurrent(pod, object, live));
      const oldPods = all.filter((pod) => !pods.includes(pod) && pod.status?.phase !== 'Succeeded');
      return { name, object, ...lackOf(object), pods, oldPods };
    });
}

function lackOf(object: ApiObject): Pick<Workload, 'lack' | 'failed'> {
  try {
    return { lack: missing(object), failed: false };
  } catch (error) {
    if (!(error instanceof GaveUpError)) throw error;
    return { lack: error.message, failed: true };
  }
}

/** Pods belong to their workload, those of a Deployment by way of a ReplicaSet. */
function podsOf({ kind, metadata }: ApiObject, live: readonly ApiObject[]): ApiObject[] {
  const sets = live.filter((one) => one.kind === 'ReplicaSet' && isOwned(one, metadata.uid));
  const owners = kind === 'Deployment' ? sets.map((set) => set.metadata.uid) : [metadata.uid];
  return live.filter((one) => one.kind === 'Pod' && owners.some((owner) => isOwned(one, owner)));
}

const isOwned = ({ metadata }: ApiObject, uid: string): boolean =>
  (metadata.ownerReferences ?? []).some((owner: ApiObject) => owner.uid === uid);

const REVISION = 'deployment.kubernetes.io/revision';

/** Whether a pod is made of what its workload says now. */
function isCurrent(pod: ApiObject, workload: ApiObject, live: readonly ApiObject[]): boolean {
  const { kind, metadata, status = {} } = workload;
  if (kind === 'StatefulSet') {
    return pod.metadata.labels?.['controller-revision-hash'] === status.updateRevision;
  }
  if (kind !== 'Deployment') return true;
  const set = live.find((one) => one.kind === 'ReplicaSet' && isOwned(pod, one.metadata.uid));
  return set?.metadata.annotations?.[REVISION] === metadata.annotations?.[REVISION];
}
