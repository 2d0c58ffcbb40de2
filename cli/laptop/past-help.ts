import type { ApiObject } from '../cluster/kubectl';
import { isReady, missing } from '../cluster/readiness';

/** Times that a program may end before nobody expects it to mend itself: it may have waited for another one. */
const CHANCES = 3;

/** The container for whose sake waiting makes no sense, and why. */
export interface Lost {
  readonly pod: string;
  readonly container: string;
  /** An image that we have to bring; one that no registry has; a program that ends. */
  readonly why: 'own image' | 'no image' | 'crash';
}

/**
 * Whether the newest pod is of the template that was applied last: what an older one does says nothing about it.
 * The controller may not have noticed yet, or not have made the pod.
 */
function isCurrent({ kind, metadata, spec, status = {} }: ApiObject, pod: ApiObject): boolean {
  if (kind === 'Job') return true;
  if (status.observedGeneration !== metadata.generation) return false;
  return kind === 'Deployment'
    ? (status.updatedReplicas ?? 0) >= spec.replicas
    : revisionOf(pod) === status.updateRevision;
}

const revisionOf = ({ metadata }: ApiObject): string | undefined =>
  metadata.labels?.['controller-revision-hash'];

/**
 * Whether a workload will not become ready by itself: its program ends again and again, or an image that is built here is
 * not on the machine. Only the newest pod counts: older ones may be on their way out.
 *
 * @param pods those of the workload
 * @param own references of images that no registry has
 */
export function lostPod(
  workload: ApiObject,
  pods: readonly ApiObject[],
  own: readonly string[],
): Lost | undefined {
  const newest = [...pods].sort((a, b) => (createdAt(a) < createdAt(b) ? 1 : -1))[0];
  if (!newest || newest.metadata.deletionTimestamp || !isCurrent(workload, newest)) return undefined;
  const { initContainerStatuses = [], containerStatuses = [] } = newest.status;
  for (const { name, image, state, restartCount } of [...initContainerStatuses, ...containerStatuses]) {
    const { reason = '', message = '' }: { reason?: string; message?: string } = state?.waiting ?? {};
    const lost = { pod: newest.metadata.name, container: name };
    if (/Image/.test(reason) && own.includes(image)) return { ...lost, why: 'own image' };
    // A registry that does not answer may do so later.
    if (/Image/.test(reason) && NO_IMAGE.test(`${reason} ${message}`)) return { ...lost, why: 'no image' };
    if (reason === 'CrashLoopBackOff' && restartCount >= CHANCES) return { ...lost, why: 'crash' };
  }
  return undefined;
}

const NO_IMAGE = /InvalidImageName|not found|manifest unknown|access denied/i;

const createdAt = ({ metadata }: ApiObject): string => metadata.creationTimestamp;

/** A Job that has failed never runs again. */
export function hasFailed(workload: ApiObject): boolean {
  try {
    missing(workload);
    return false;
  } catch {
    return true;
  }
}

/**
 * Of a StatefulSet's pods, those that are not ready and of an older template. The controller waits for them to become ready before
 * it replaces them, so a mistake in the template would outlive its correction.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback
 */
export const stuckPods = ({ metadata, status }: ApiObject, pods: readonly ApiObject[]): string[] =>
  status?.observedGeneration === metadata.generation
    ? pods
        .filter((pod) => !isReady(pod) && !pod.metadata.deletionTimestamp)
        .filter((pod) => revisionOf(pod) !== status.updateRevision)
        .map((pod) => pod.metadata.name)
    : [];
