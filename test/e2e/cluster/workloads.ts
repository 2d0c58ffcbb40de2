import type { Kubectl } from '../../../cli/cluster/kubectl';
import { isReady, podState } from '../../../cli/cluster/readiness';
import { isAwaited, nameOf, type Workload, workloadsOf } from '../../../cli/cluster/rollout/workloads';
import { until } from '../../../cli/cluster/waiting';
import { GaveUpError } from '../../../cli/terminal/errors';
import type { Manifest } from '../../manifest';
import type { Report } from '../report';

/** Workloads that a line of progress names. */
const SHOWN = 2;
/** Pods whose logs are shown, and lines of each text. */
const PODS = 4;
const LINES = 15;

/** `Deployment/web` of all that starts by itself. */
export const workloadNames = (manifests: readonly Manifest[]): string[] =>
  manifests.filter(isAwaited).map(nameOf);

/** Waits until workloads serve, or are complete. */
export async function ready(
  report: Report,
  kubectl: Kubectl,
  names: readonly string[],
  within: number,
): Promise<void> {
  let open: Workload[] = [];
  const missing = async (): Promise<string | undefined> => {
    open = (await workloadsOf(kubectl, names)).filter(({ lack }) => lack !== undefined);
    const failed = open.find((one) => one.failed);
    if (failed) throw new GaveUpError(failed.lack ?? failed.name);
    const shown = open.slice(0, SHOWN).map(({ name, lack, pods }) => {
      const states = pods.filter((pod) => !isReady(pod)).map(podState);
      return [name, lack, ...states.slice(0, 1).map((state) => `(${state})`)].join(' ');
    });
    return (
      [...shown, ...(open.length > SHOWN ? [`${open.length - SHOWN} more`] : [])].join('; ') || undefined
    );
  };
  await until(report, names.length > 1 ? 'workloads' : `${names[0]}`, missing, {
    within,
    why: () => diagnosis(kubectl, open),
  });
}

/** What kubectl says of pods that are not ready: the list, the last warnings, and the ends of logs, those before a restart too. */
async function diagnosis(kubectl: Kubectl, open: readonly Workload[]): Promise<string> {
  const pods = open.flatMap((workload) => workload.pods).filter((pod) => !isReady(pod));
  const logs = pods.slice(0, PODS).flatMap(({ metadata }) => {
    const args = [
      'logs',
      metadata.name,
      '--all-containers',
      '--ignore-errors',
      '--prefix',
      `--tail=${LINES}`,
    ];
    return [args, [...args, '--previous']];
  });
  const warnings = ['--field-selector=type=Warning', '--sort-by=.metadata.creationTimestamp'];
  const answers = await Promise.all(
    [['get', 'pods'], ['get', 'events', ...warnings], ...logs].map((args) => kubectl.attempt(args)),
  );
  return answers
    .map(({ stdout }) => stdout.trimEnd().split('\n').slice(-LINES).join('\n'))
    .filter(Boolean)
    .join('\n');
}
