import type { ApiObject } from '../cluster/kubectl';
import { isReady, missing } from '../cluster/readiness';

/** Times that a program may end before nobody expects it to mend itself: it may have waited for another one. */
const CHANCES = 3;

/** The container for whose sake waiting makes no sense, and why. */
export interface Lost {
  readonly pod: string;
  readonly container: string;
  readonly why: 'image' | 'crash';
}

/**
 * Whether a workload will not become ready by itself: its program ends again and again, or an image that is built here is
 * not on the machine. Only the newest pod counts: older ones may be on their way out.
 *
 * @param pods those of the workload
 * @param own references of images that no registry has
 */
export function lostPod(pods: readonly ApiObject[], own: readonly string[]): Lost | undefined {
  const newest = [...pods].sort((a, b) => (createdAt(a) < createdAt(b) ? 1 : -1))[0];
  if (!newest || newest.metadata.deletionTimestamp) return undefined;
  const { initContainerStatuses = [], containerStatuses = [] } = newest.status;
  for (const { name, image, state, restartCount } of [...initContainerStatuses, ...containerStatuses]) {
    const reason: string = state?.waiting?.reason ?? '';
    const lost = { pod: newest.metadata.name, container: name };
    if (/Image/.test(reason) && own.includes(image)) return { ...lost, why: 'image' };
    if (reason === 'CrashLoopBackOff' && restartCount >= CHANCES) return { ...lost, why: 'crash' };
  }
  return undefined;
}

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
        .filter((pod) => pod.metadata.labels?.['controller-revision-hash'] !== status.updateRevision)
        .map((pod) => pod.metadata.name)
    : [];
