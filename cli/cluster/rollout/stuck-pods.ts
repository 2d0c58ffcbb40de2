import type { Environment } from '../../../lib/environments/environment';
import type { Kubectl } from '../kubectl';
import { isReady } from '../readiness';
import { containersOf } from './diagnosis';
import type { Workload } from './workloads';

/** What a container waits for that cannot be started as its pod says. */
const STUCK = /Image|^CrashLoopBackOff$|^(Create|Run)Container/;

/**
 * The pods of a StatefulSet that hold up their own replacement: it replaces a pod only once it is ready, also when the wrong template
 * keeps it from getting ready. Only pods of an earlier template go; the StatefulSet creates them again, with the same volume. Of a
 * hosted environment only those that can never start.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback
 */
export const stuckPods = ({ object, oldPods }: Workload, kind: Environment['kind']): string[] =>
  object?.kind !== 'StatefulSet' || object.status?.observedGeneration !== object.metadata.generation
    ? []
    : oldPods
        .filter((pod) => !isReady(pod) && !pod.metadata.deletionTimestamp)
        .filter(
          (pod) =>
            kind === 'local' ||
            containersOf(pod).some(({ state }) => STUCK.test(state?.waiting?.reason ?? '')),
        )
        .map(({ metadata }) => metadata.name);

/** Deletes them. */
export async function replaceStuckPods(
  kubectl: Kubectl,
  workloads: readonly Workload[],
  kind: Environment['kind'],
): Promise<void> {
  const stuck = workloads.flatMap((workload) => stuckPods(workload, kind));
  if (stuck.length > 0) await kubectl.run(['delete', 'pod', ...stuck, '--ignore-not-found', '--wait=false']);
}
