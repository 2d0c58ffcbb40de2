import type { Check } from './check';
import { containers, workloads } from './workloads';

/** Seconds. Django, the JVM and a recovering database all need longer than one would like on a busy laptop. */
const SHORTEST = 30;

/**
 * A slow start is not a crash: while the startup probe is still trying, nobody restarts the container. What
 * it does not say is what Kubernetes takes: three failures, ten seconds apart.
 */
export const startup: Check = ({ manifests }) =>
  workloads(manifests)
    .flatMap(containers)
    .filter(({ spec }) => spec.startupProbe)
    .flatMap(({ path, spec }) => {
      const { failureThreshold = 3, periodSeconds = 10 } = spec.startupProbe;
      const seconds = failureThreshold * periodSeconds;
      if (seconds >= SHORTEST) return [];
      return {
        where: `${path}.startupProbe`,
        value: `${failureThreshold} × ${periodSeconds} s`,
        rule: `gives up after ${seconds} seconds, which a busy node needs for a good start`,
        remedy: `Raise failureThreshold until failureThreshold × periodSeconds is ${SHORTEST} or more`,
      };
    });
