import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { isReady } from '../cluster/readiness';
import { age } from '../status/age';
import { brief, type Recognize } from './trouble';

/** A container that something waits for, since when, and the last line of its log. */
export interface Waiting {
  readonly container: string;
  readonly forMilliseconds: number;
  readonly line: string;
}

/** By the pod's name. */
export type Said = ReadonlyMap<string, Waiting>;

/** Seconds for which waiting needs no explanation. */
const PATIENCE = 60;
/** Pods that are asked: what many wait for, they say alike. */
const ASKED = 6;

/** What those pods say that others have waited for longer than a moment: the logs of init containers and of Jobs. */
export async function saidBy(kubectl: Kubectl, objects: readonly ApiObject[], now: Date): Promise<Said> {
  const waiting = objects.flatMap((pod) => {
    const container = pod.kind === 'Pod' ? awaitedContainer(pod) : undefined;
    const forMilliseconds = now.getTime() - Date.parse(container?.state.running.startedAt);
    return forMilliseconds >= PATIENCE * 1000 ? [{ pod, container: container.name, forMilliseconds }] : [];
  });
  const heard = waiting.slice(0, ASKED).map(async ({ pod, ...waiting }) => {
    const args = ['logs', pod.metadata.name, `--container=${waiting.container}`, '--tail=1'];
    const { code, stdout } = await kubectl.attempt(args, { within: 10 });
    return [pod.metadata.name, { ...waiting, line: code === 0 ? brief(stdout) : '' }] as const;
  });
  return new Map(await Promise.all(heard));
}

function awaitedContainer(pod: ApiObject): ApiObject | undefined {
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  const running = ({ state }: ApiObject) => state?.running;
  if (pod.metadata.deletionTimestamp) return undefined;
  if (!isReady(pod)) {
    const preparing = initContainerStatuses.find(running);
    if (preparing) return preparing;
  }
  return isOfJob(pod) ? containerStatuses.find(running) : undefined;
}

export const isOfJob = ({ metadata }: ApiObject): boolean =>
  metadata.labels?.['batch.kubernetes.io/job-name'] !== undefined;

/** ` for 3 min, and says "…"`; undefined before it has waited for long enough. */
export function lastWords({ metadata }: ApiObject, said: Said | undefined): string | undefined {
  const waiting = said?.get(metadata.name);
  if (!waiting) return undefined;
  const words = waiting.line ? `says "${waiting.line}"` : 'has said nothing';
  return ` for ${age(waiting.forMilliseconds)}, and ${words}`;
}

/** An init container or a Job that takes longer than a moment. */
export const waits: Recognize = (pod, { kubectl, said }) => {
  const container = said?.get(pod.metadata.name)?.container;
  const words = lastWords(pod, said);
  if (!container || !words) return undefined;
  const logs = kubectl.typed('logs', pod.metadata.name, `--container=${container}`, '--tail=20');
  return { reason: `${container} has been running${words}`, next: `More of its log: \`${logs}\`` };
};
