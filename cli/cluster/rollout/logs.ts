import { age } from '../../terminal/age';
import type { ApiObject, ContainerStatus } from '../api-object';
import type { Kubectl } from '../kubectl';
import { isReady } from '../readiness';
import { dnsFirst, flushFirst } from './advice';
import { brief, type Logs, type Recognize } from './diagnosis';

/** Seconds for which waiting needs no explanation. */
const PATIENCE = 60;
/** Pods whose logs are read: what many wait for, they say alike. */
const MOST = 6;

/** The last lines of init containers and Jobs that have been running for more than a minute. */
export async function lastLogLines(kubectl: Kubectl, pods: readonly ApiObject[], now: Date): Promise<Logs> {
  const waiting = pods.flatMap((pod) => {
    const container = awaitedContainer(pod);
    const forMilliseconds = now.getTime() - Date.parse(container?.state?.running?.startedAt ?? '');
    return container && forMilliseconds >= PATIENCE * 1000
      ? [{ pod, container: container.name, forMilliseconds }]
      : [];
  });
  const lines = waiting.slice(0, MOST).map(async ({ pod, ...waiting }) => {
    const args = ['logs', pod.metadata.name, `--container=${waiting.container}`, '--tail=1'];
    const { code, stdout } = await kubectl.attempt(args, { within: 10 });
    return [pod.metadata.name, { ...waiting, line: code === 0 ? brief(stdout) : '' }] as const;
  });
  return new Map(await Promise.all(lines));
}

function awaitedContainer(pod: ApiObject): ContainerStatus | undefined {
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  const running = ({ state }: ContainerStatus) => state?.running;
  if (pod.metadata.deletionTimestamp) return undefined;
  if (!isReady(pod)) {
    const preparing = initContainerStatuses.find(running);
    if (preparing) return preparing;
  }
  return isOfJob(pod) ? containerStatuses.find(running) : undefined;
}

const isOfJob = ({ metadata }: ApiObject): boolean =>
  metadata.labels?.['batch.kubernetes.io/job-name'] !== undefined;

/** ` for 3 min, and says "…"`; undefined before it has waited for long enough. */
export function waitingSince({ metadata }: ApiObject, logs: Logs | undefined): string | undefined {
  const waiting = logs?.get(metadata.name);
  if (!waiting) return undefined;
  const words = waiting.line ? `says "${waiting.line}"` : 'has said nothing';
  return ` for ${age(waiting.forMilliseconds)}, and ${words}`;
}

/** An init container or a Job that takes longer than a moment. */
export const takesLong: Recognize = (pod, { kubectl, logs, environment }) => {
  const container = logs?.get(pod.metadata.name)?.container;
  const since = waitingSince(pod, logs);
  if (!container || !since) return undefined;
  const command = kubectl.typed('logs', pod.metadata.name, `--container=${container}`, '--tail=20');
  const reason = `${container} has been running${since}`;
  const flush = flushFirst(since, environment);
  const first = `${dnsFirst(since, environment)}${flush}`;
  const short = [reason, flush.trim()].filter(Boolean).join('. ');
  return { reason, short, next: `${first}More of its log: \`${command}\`` };
};
