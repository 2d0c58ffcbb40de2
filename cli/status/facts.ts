import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { Failure } from '../failure';

/** What the cluster has in an environment's namespace. */
export interface Facts {
  /** Of a kind, as `Deployment`. */
  of(kind: string): readonly ApiObject[];
  find(kind: string, name: string): ApiObject | undefined;
  /** Warnings. */
  readonly events: readonly ApiObject[];
}

const KINDS = 'deployments,statefulsets,cronjobs,jobs,pods,horizontalpodautoscalers,ingresses';

/** Two calls side by side; more would only wait for each other's start. */
export async function factsOf(kubectl: Kubectl): Promise<Facts> {
  const [objects, events] = await Promise.all([
    kubectl.attempt(['get', KINDS, '--output=json']),
    kubectl.attempt(['get', 'events', '--field-selector=type=Warning', '--output=json']),
  ]);
  const items = itemsOf(objects.stdout);
  // Whoever may not list one of the kinds still sees the others.
  if (!items) {
    throw new Failure(
      `the cluster does not answer: ${objects.stderr.trim().split('\n')[0]}`,
      `Try \`${kubectl.typed('get', 'pods')}\``,
    );
  }
  return {
    of: (kind) => items.filter((object) => object.kind === kind),
    find: (kind, name) => items.find((object) => object.kind === kind && object.metadata.name === name),
    events: itemsOf(events.stdout) ?? [],
  };
}

function itemsOf(text: string): ApiObject[] | undefined {
  try {
    return JSON.parse(text).items;
  } catch {
    return undefined;
  }
}

/** The pods that a workload counts as its own; not those of one command. */
export const podsOf = (facts: Facts, { spec, metadata, kind }: ApiObject): ApiObject[] => {
  const wanted: Record<string, string> =
    kind === 'Job' ? { 'batch.kubernetes.io/job-name': metadata.name } : (spec.selector?.matchLabels ?? {});
  return facts
    .of('Pod')
    .filter(({ metadata: { labels = {} } }) => !labels['coped.org/one-off'] || kind === 'Job')
    .filter(({ metadata: { labels = {} } }) =>
      Object.entries(wanted).every(([key, value]) => labels[key] === value),
    );
};
