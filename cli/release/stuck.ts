import type { Kubectl } from '../cluster/kubectl';
import { isReady } from '../cluster/readiness';
import type { Workload } from './workloads';

/** What a container waits for that cannot be started as its pod says. */
const STUCK = /Image|^CrashLoopBackOff$|^(Create|Run)Container/;

/**
 * Removes pods that hold up their own replacement: a StatefulSet replaces a pod only once it is ready, also when it is the
 * wrong image that keeps it from getting ready. Only pods go that another revision has made and that never serve; the
 * StatefulSet makes them anew, with the same disk.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback
 */
export async function releaseStuckPods(kubectl: Kubectl, workloads: readonly Workload[]): Promise<void> {
  const stuck = workloads
    .filter(({ object }) => object?.kind === 'StatefulSet')
    .flatMap(({ oldPods }) => oldPods)
    .filter((pod) => !isReady(pod) && !pod.metadata.deletionTimestamp)
    .filter(({ status = {} }) =>
      [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].some(({ state }) =>
        STUCK.test(state?.waiting?.reason ?? ''),
      ),
    )
    .map((pod) => pod.metadata.name);
  if (stuck.length > 0) await kubectl.run(['delete', 'pod', ...stuck, '--ignore-not-found', '--wait=false']);
}
