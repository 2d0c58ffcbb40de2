const STARTUP_SECONDS='x', DRAIN_SECONDS='x';
import { gunicornOf } from '../../analysis/gunicorn';
import { stated } from '../../analysis/timing';
import { variableReader } from '../../analysis/variables';
import { containers, type Json, workloads } from '../../manifests/workloads';
import { rule } from '../../rule';

export const gracePeriod = rule({
  id: 'grace-period',
  what: 'A pod that is told to stop has no time to finish.',
  why: 'The preStop hook runs first and on the same clock: what it sleeps is lost to the process, which is killed in the middle of its requests, or of its last checkpoint.',
  remedy: `Use a terminationGracePeriodSeconds above preStop and draining together. The drain is what the workload states in its annotation ${DRAIN_SECONDS}, and at least gunicorn's --graceful-timeout.`,
  link: 'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-execution',
  find: ({ manifests }) => {
    const { read, wrong } = stated(DRAIN_SECONDS, 'drain', manifests);
    const variablesOf = variableReader(manifests);
    return [
      ...wrong,
      ...workloads(manifests).flatMap((workload) => {
        const where = `${workload.podPath}.terminationGracePeriodSeconds`;
        const grace = workload.pod.terminationGracePeriodSeconds;
        if (typeof grace !== 'number') {
          const remedy = 'State it: the seconds of preStop plus those of the longest request';
          return [{ where, value: grace, wrong: 'is missing', remedy }];
        }
        return containers(workload)
          .filter(({ init }) => !init)
          .map(({ spec }) => ({
            slept: sleep(spec.lifecycle?.preStop),
            drain: Math.max(read(workload) ?? 0, gunicornOf(spec, variablesOf(spec))?.gracefulTimeout ?? 0),
          }))
          .filter(({ slept, drain }) => slept + drain >= grace)
          .map(({ slept, drain }) => ({
            where,
            value: grace,
            wrong: `is not more than preStop and draining take, ${slept} + ${drain} seconds`,
            remedy: `Use more than ${slept + drain}`,
          }));
      }),
    ];
  },
});

/** Seconds that a hook waits: `sleep: {seconds}`, [sleep, '5'] or a shell line with `sleep 5` in it. */
export function sleep(hook: Json): number {
  const command: string = (hook?.exec?.command ?? []).join(' ');
  const inCommand = [...command.matchAll(/\bsleep\s+(\d+(?:\.\d+)?)/g)].map(([, seconds]) => Number(seconds));
  return (hook?.sleep?.seconds ?? 0) + inCommand.reduce((total, seconds) => total + seconds, 0);
}
