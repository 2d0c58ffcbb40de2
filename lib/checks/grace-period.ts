import { rule } from './rule';
import { containers, type Json, workloads } from './workloads';

export const gracePeriod = rule({
  id: 'grace-period',
  what: 'A pod that is told to stop has no time to finish.',
  why: 'The preStop hook runs first and on the same clock: when it sleeps as long as the grace period, the process is killed in the middle of its requests.',
  remedy: 'Use a terminationGracePeriodSeconds above preStop and the longest request together.',
  link: 'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-execution',
  find: ({ manifests }) =>
    workloads(manifests).flatMap((workload) => {
      const where = `${workload.podPath}.terminationGracePeriodSeconds`;
      const grace = workload.pod.terminationGracePeriodSeconds;
      if (typeof grace !== 'number') {
        const remedy = 'State it: the seconds of preStop plus those of the longest request';
        return [{ where, value: grace, wrong: 'is missing', remedy }];
      }
      return containers(workload)
        .map(({ spec }) => sleep(spec.lifecycle?.preStop))
        .filter((seconds) => seconds >= grace)
        .map((seconds) => ({
          where,
          value: grace,
          wrong: `is over when preStop has slept its ${seconds} seconds, and nothing has been told to stop yet`,
          remedy: `Use more than ${seconds}, with time to finish the longest request`,
        }));
    }),
});

/** Seconds that a hook waits: `sleep: {seconds}`, [sleep, '5'] or a shell line with `sleep 5` in it. */
function sleep(hook: Json): number {
  const command: string = (hook?.exec?.command ?? []).join(' ');
  const inCommand = [...command.matchAll(/\bsleep\s+(\d+(?:\.\d+)?)/g)].map(([, seconds]) => Number(seconds));
  return (hook?.sleep?.seconds ?? 0) + inCommand.reduce((total, seconds) => total + seconds, 0);
}
