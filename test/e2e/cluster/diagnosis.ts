import type { ApiObject, Kubectl } from '../../../cli/cluster/kubectl';
import { isReady, podState } from '../../../cli/cluster/readiness';

const LOG_LINES = 15;
const EVENTS = 8;

/** Why pods are not as they should be: their state, the last lines of their logs, and the last warnings. */
export async function diagnosis(kubectl: Kubectl): Promise<string> {
  const pods: ApiObject[] = (await kubectl.get('pods')).items;
  const troubled = pods.filter((pod) => !isReady(pod) && pod.status.phase !== 'Succeeded');
  const parts = await Promise.all(troubled.slice(0, 4).map((pod) => ofPod(kubectl, pod)));
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
