const STARTUP_SECONDS='x', DRAIN_SECONDS='x';
import { stated } from '../../analysis/timing';
import type { Finding } from '../../manifests/check';
import { containers, type Json, type Workload, workloads } from '../../manifests/workloads';
import { rule } from '../../rule';

/** Seconds, where no budget is stated. Django, the JVM and a recovering database all need longer than one would like. */
const SHORTEST = 30;
/** What Kubernetes takes for a Deployment that does not say. */
const PROGRESS_DEADLINE = 600;

export const startup = rule({
  id: 'startup',
  what: 'A server is given up before the time is over that it states for a good start.',
  why: 'A slow start is not a crash: while the startup probe is still trying, nobody restarts the container. What a probe does not say is what Kubernetes takes: three failures, ten seconds apart.',
  remedy: `Raise failureThreshold until failureThreshold × periodSeconds covers the annotation ${STARTUP_SECONDS} of the workload; without one, ${SHORTEST} seconds.`,
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-startup-probes',
  find: ({ manifests }) => {
    const { read, wrong } = stated(STARTUP_SECONDS, 'startup', manifests);
    return [
      ...wrong,
      ...workloads(manifests).flatMap((workload) => {
        const needed = read(workload) ?? SHORTEST;
        return [...tooShort(workload, needed), ...deadline(workload, needed)];
      }),
    ];
  },
});

/** The budget is the servers'; what runs beside them from before their start only has the least. */
const tooShort = (workload: Workload, needed: number): Finding[] =>
  containers(workload)
    .filter(({ spec }) => spec.startupProbe)
    .flatMap(({ path, spec, init }) => {
      const least = init ? SHORTEST : needed;
      const { initialDelaySeconds = 0, failureThreshold = 3, periodSeconds = 10 }: Json = spec.startupProbe;
      const seconds = initialDelaySeconds + failureThreshold * periodSeconds;
      if (seconds >= least) return [];
      return {
        where: `${path}.startupProbe`,
        value: `${initialDelaySeconds > 0 ? `${initialDelaySeconds} s + ` : ''}${failureThreshold} × ${periodSeconds} s`,
        wrong: `gives up after ${seconds} seconds, where a good start may take ${least}`,
        remedy: `Use a failureThreshold of ${Math.ceil((least - initialDelaySeconds) / periodSeconds)} or more`,
      };
    });

/** A rollout that is called failed while its pods are still starting looks broken to people and pipelines. */
function deadline({ name, manifest }: Workload, needed: number): Finding[] {
  const { progressDeadlineSeconds = PROGRESS_DEADLINE, minReadySeconds = 0 } = manifest.spec ?? {};
  if (manifest.kind !== 'Deployment' || progressDeadlineSeconds > needed + minReadySeconds) return [];
  return [
    {
      where: `${name} spec.progressDeadlineSeconds`,
      value: manifest.spec?.progressDeadlineSeconds,
      wrong: `calls a rollout failed after ${progressDeadlineSeconds} seconds, where a good start may take ${needed + minReadySeconds}`,
      remedy: `Use more than ${needed + minReadySeconds}`,
    },
  ];
}
