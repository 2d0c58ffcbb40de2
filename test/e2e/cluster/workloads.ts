import type { ApiObject, Kubectl } from '../../../cli/cluster/kubectl';
import { isReady, missing, podState } from '../../../cli/cluster/readiness';
import { until } from '../../../cli/cluster/waiting';
import type { Manifest } from '../../manifest';
import type { Report } from '../report';

const LOG_LINES = 15;
const EVENTS = 8;
/** Workloads that a line of progress speaks of. */
const SHOWN = 2;

const AWAITED = ['Deployment', 'StatefulSet', 'Job'];

/** `Deployment/web` of all that starts by itself; CronJobs wait for their hour. */
export const workloadNames = (manifests: readonly Manifest[]): string[] =>
  manifests
    .filter(({ kind }) => AWAITED.includes(kind))
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`);

/** Waits until workloads serve, or are complete. */
export async function ready(
  report: Report,
  kubectl: Kubectl,
  names: readonly string[],
  within: number,
): Promise<void> {
  await until(report, names.length > 1 ? 'workloads' : `${names[0]}`, () => missingIn(kubectl, names), {
    within,
    why: () => diagnosis(kubectl),
  });
}

async function missingIn(kubectl: Kubectl, names: readonly string[]): Promise<string | undefined> {
  const answer = await kubectl.get(...names);
  const workloads: ApiObject[] = answer.items ?? [answer];
  const open = workloads.flatMap((workload) => {
    const state = missing(workload);
    return state ? [{ workload, state }] : [];
  });
  if (open.length === 0) return undefined;
  const pods: ApiObject[] = (await kubectl.get('pods')).items;
  const shown = open.slice(0, SHOWN).map(({ workload, state }) => describe(workload, state, pods));
  return [...shown, ...(open.length > SHOWN ? [`${open.length - SHOWN} more`] : [])].join('; ');
}

function describe({ kind, metadata }: ApiObject, state: string, pods: ApiObject[]): string {
  const own = pods.filter(
    (pod) => isOf(pod, metadata.name) && !isReady(pod) && pod.status.phase !== 'Failed',
  );
  return [`${kind}/${metadata.name} ${state}`, ...own.slice(0, 1).map((pod) => `(${podState(pod)})`)].join(
    ' ',
  );
}

/** Kubernetes names pods after what they belong to. */
const isOf = (pod: ApiObject, workload: string): boolean => pod.metadata.name.startsWith(`${workload}-`);

/** Why pods are not as they should be: their state, the last lines of their logs, and the last warnings. */
async function diagnosis(kubectl: Kubectl): Promise<string> {
  const pods: ApiObject[] = (await kubectl.get('pods')).items;
  const failed = pods.filter((pod) => !isReady(pod) && pod.status.phase !== 'Succeeded');
  const parts = await Promise.all(failed.slice(0, 4).map((pod) => ofPod(kubectl, pod)));
  return [...parts, await warnings(kubectl)].join('\n');
}

async function ofPod(kubectl: Kubectl, pod: ApiObject): Promise<string> {
  const container = failing(pod);
  const log = container ? await lastLines(kubectl, pod.metadata.name, container) : [];
  return [`Pod/${podState(pod)}`, ...log.map((line) => `  ${container}: ${line}`)].join('\n');
}

/** The container that a pod waits for. */
const failing = ({ status }: ApiObject): string | undefined =>
  [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].find(
    ({ ready, state }: ApiObject) => !ready && (state?.running || state?.terminated || state?.waiting),
  )?.name;

async function lastLines(kubectl: Kubectl, pod: string, container: string): Promise<string[]> {
  const args = ['logs', pod, `--container=${container}`, `--tail=${LOG_LINES}`];
  const now = await kubectl.attempt(args);
  // After a crash the interesting log is the one of the container that is gone.
  const before = now.stdout.trim() ? now : await kubectl.attempt([...args, '--previous']);
  return before.stdout.trim().split('\n').filter(Boolean);
}

async function warnings(kubectl: Kubectl): Promise<string> {
  const events: ApiObject[] = (
    await kubectl.get('events', '--field-selector=type=Warning', '--sort-by=.metadata.creationTimestamp')
  ).items;
  return events
    .slice(-EVENTS)
    .map(
      ({ involvedObject, reason, message }) =>
        `${involvedObject.kind}/${involvedObject.name} ${reason}: ${message}`,
    )
    .join('\n');
}
