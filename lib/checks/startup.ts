import { rule } from './rule';
import { containers, workloads } from './workloads';

/** Seconds. Django, the JVM and a recovering database all need longer than one would like on a busy laptop. */
const SHORTEST = 30;

export const startup = rule({
  id: 'startup',
  what: 'A startup probe gives up before a busy node has had time for a good start.',
  why: 'A slow start is not a crash: while the startup probe is still trying, nobody restarts the container. What it does not say is what Kubernetes takes: three failures, ten seconds apart.',
  remedy: 'Raise failureThreshold.',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-startup-probes',
  find: ({ manifests }) =>
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
          wrong: `gives up after ${seconds} seconds, which a busy node needs for a good start`,
          remedy: `Raise failureThreshold until failureThreshold × periodSeconds is ${SHORTEST} or more`,
        };
      }),
});
