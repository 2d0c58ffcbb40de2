import { GaveUpError } from '../terminal/errors';
import type { ApiObject, Condition, Status } from './api-object';

/** What is missing until a workload has finished starting: `0/1 ready`; undefined when nothing is. */
export function missing(workload: ApiObject): string | undefined {
  const { kind, metadata, status = {} } = workload;
  const replicas = workload.spec?.replicas ?? 1;
  if (kind !== 'Job' && status.observedGeneration !== metadata.generation) return 'not yet noticed';
  if (kind === 'Deployment') return deployment(replicas, status);
  if (kind === 'StatefulSet') return statefulSet(replicas, status);
  if (kind === 'Job') return job(workload);
  return undefined;
}

function deployment(replicas: number, status: Status): string | undefined {
  const { updatedReplicas = 0, availableReplicas = 0, replicas: all = 0 } = status;
  if (updatedReplicas < replicas) return `${updatedReplicas}/${replicas} updated`;
  if (availableReplicas < replicas) return `${availableReplicas}/${replicas} available`;
  return all > replicas ? `${all - replicas} of the old ones left` : undefined;
}

function statefulSet(replicas: number, status: Status): string | undefined {
  const { readyReplicas = 0, currentRevision, updateRevision } = status;
  if (readyReplicas < replicas) return `${readyReplicas}/${replicas} ready`;
  return currentRevision === updateRevision ? undefined : 'still being updated';
}

/** A Job that has failed never completes. */
function job(object: ApiObject): string | undefined {
  if (conditionOf(object, 'Failed')) throw new GaveUpError(`Job/${object.metadata.name} has failed`);
  const failed = object.status?.failed ?? 0;
  return conditionOf(object, 'Complete')
    ? undefined
    : `not complete${failed ? `, ${failed} failed tries` : ''}`;
}

/** What a pod waits for, in Kubernetes' own words: `web-1: Init wait-for-schema`, `web-1: ErrImagePull …`. */
export function podState({ metadata, status = {} }: ApiObject): string {
  const all = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  const waiting = all
    .map(({ state }) => state?.waiting)
    .find((one) => one && one.reason !== 'PodInitializing');
  const preparing = (status.initContainerStatuses ?? []).find(({ state }) => state?.running);
  const unscheduled = conditionOf({ status }, 'PodScheduled', 'False');
  const reason =
    (waiting && [waiting.reason, waiting.message].filter(Boolean).join(': ')) ??
    (preparing && `running ${preparing.name}`) ??
    unscheduled?.message ??
    (metadata.deletionTimestamp ? 'ending' : isReady({ status }) ? 'ready' : `${status.phase}, not ready`);
  return `${metadata.name} ${reason}`.slice(0, 160);
}

/** The condition of an object that holds: `Ready`, `Complete`; with a status, the one that has it. */
export const conditionOf = ({ status }: Stated, type: string, wanted = 'True'): Condition | undefined =>
  status?.conditions?.find((one) => one.type === type && one.status === wanted);

type Stated = Pick<ApiObject, 'status'>;

export const isReady = (object: Stated): boolean => conditionOf(object, 'Ready') !== undefined;
