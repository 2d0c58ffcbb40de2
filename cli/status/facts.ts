import { type ApiObject, oldestFirst } from '../cluster/api-object';
import { withoutLog } from '../cluster/error-advice';
import { type Kubectl, objectsIn } from '../cluster/kubectl';
import { isReady } from '../cluster/readiness';
import { brief } from '../cluster/rollout/diagnosis';
import { podsOf as ownPods } from '../cluster/rollout/workloads';
import { CliError } from '../terminal/errors';

/** What the cluster has in an environment's namespace. */
export interface Facts {
  /** Of a kind, as `Deployment`. */
  of(kind: string): readonly ApiObject[];
  find(kind: string, name: string): ApiObject | undefined;
  /** Kinds that could not be listed, and why: whether there are any is not known. */
  readonly unread: ReadonlyMap<string, string>;
  /** Warnings. */
  readonly events: readonly ApiObject[];
}

const KINDS = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  CronJob: 'cronjobs',
  Job: 'jobs',
  Pod: 'pods',
  HorizontalPodAutoscaler: 'horizontalpodautoscalers',
  Ingress: 'ingresses',
} as const;
const ALL = Object.values(KINDS).join(',');

/** Two calls side by side; more would only wait for each other's start. */
export async function factsOf(kubectl: Kubectl): Promise<Facts> {
  const [objects, events] = await Promise.all([
    kubectl.attempt(['get', ALL, '--output=json']),
    kubectl.attempt(['get', 'events', '--field-selector=type=Warning', '--output=json']),
  ]);
  const unread = objects.code === 0 ? new Map<string, string>() : await unreadKinds(kubectl);
  const items = itemsOf(objects.stdout) ?? [];
  // Who may not list one of the kinds still sees the others.
  if (unread.size === Object.keys(KINDS).length) {
    throw new CliError(
      `the cluster does not answer: ${objects.stderr.trim().split('\n')[0]}`,
      `Try \`${kubectl.typed('get', 'pods')}\``,
    );
  }
  if (events.code !== 0) unread.set('Event', firstLine(events.stderr));
  return {
    unread,
    of: (kind) => items.filter((object) => object.kind === kind),
    find: (kind, name) => items.find((object) => object.kind === kind && object.metadata.name === name),
    events: itemsOf(events.stdout) ?? [],
  };
}

/** Which kinds cannot be listed, each asked for by itself: of several, kubectl answers what it has and leaves out the rest. */
async function unreadKinds(kubectl: Kubectl): Promise<Map<string, string>> {
  const asked = Object.entries(KINDS).map(async ([kind, plural]) => {
    const { code, stderr } = await kubectl.attempt(['get', plural, '--output=name']);
    return code === 0 ? [] : [[kind, firstLine(stderr)] as const];
  });
  return new Map((await Promise.all(asked)).flat());
}

const firstLine = (text: string): string => brief(withoutLog(text));

function itemsOf(text: string): ApiObject[] | undefined {
  try {
    return objectsIn(text);
  } catch {
    return undefined;
  }
}

/** The pods that a workload counts as its own. */
export const podsOf = (facts: Facts, workload: ApiObject): ApiObject[] => ownPods(workload, facts.of('Pod'));

/** The pod that was made last among those that serve. */
export const newestServing = (pods: readonly ApiObject[]): ApiObject | undefined =>
  pods
    .filter((pod) => isReady(pod) && !pod.metadata.deletionTimestamp)
    .sort(oldestFirst)
    .at(-1);
