import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { lackOf } from '../cluster/rollout/workloads';
import { until } from '../cluster/waiting';
import type { World } from '../world';
import { CONTENTS } from './manifests';

/** Seconds that a namespace may take to go: Elasticsearch ends slowly. */
const GOING = 400;

/** Removes what an earlier try has left that would stand in the way of this one. */
export async function clearTheWay(
  { terminal, signal }: World,
  kubectl: Kubectl,
  there: readonly ApiObject[],
): Promise<void> {
  const namespace = there.find(
    ({ kind, metadata }) => kind === 'Namespace' && metadata.name === kubectl.namespace,
  );
  if (namespace?.metadata.deletionTimestamp) {
    const missing = async () =>
      (await kubectl.exists('namespace', kubectl.namespace ?? '')) ? 'going' : undefined;
    await terminal.step(`wait until the old ${kubectl.namespace} is gone`, (step) =>
      until(step, 'the namespace to go', missing, { within: GOING, signal }),
    );
    return;
  }
  // A failed Job is never retried; one that is created again is.
  const failed = there.filter((object) => object.kind === 'Job' && lackOf(object).failed);
  if (failed.length > 0) await kubectl.run(['delete', 'job', ...failed.map(({ metadata }) => metadata.name)]);
}

/** The servers that ran before, and whose pods are replaced because of their image alone. */
export const restarted = (before: readonly ApiObject[], now: readonly ApiObject[]): string[] =>
  now
    .filter((object) => contentsOf(object) !== undefined)
    .filter((object) => {
      const old = before.find(
        ({ kind, metadata }) => kind === object.kind && metadata.name === object.metadata.name,
      );
      return old && contentsOf(old) !== contentsOf(object);
    })
    .map(({ metadata }) => metadata.name);

const contentsOf = ({ spec }: ApiObject): string | undefined =>
  spec?.template?.metadata?.annotations?.[CONTENTS];
