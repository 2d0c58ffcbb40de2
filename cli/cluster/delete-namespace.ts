import type { World } from '../world';
import type { ApiObject, Kubectl } from './kubectl';
import { until } from './waiting';

/** Seconds: PostgreSQL and Elasticsearch end in their own time. */
const GOING = 400;

/** Whatever has pods, before the pods: else they would be replaced. */
const WORKLOADS = 'cronjobs,jobs,deployments,statefulsets,daemonsets,replicasets,pods';

/**
 * Deletes the namespace that kubectl is held to, with all that is in it, and waits until it is gone. What runs goes first: with pods in
 * it, Kubernetes looks again only after half of their longest grace period, and most of a minute passes in which nothing happens.
 */
export async function deleteNamespace(
  { terminal, signal }: Pick<World, 'terminal' | 'signal'>,
  kubectl: Kubectl,
): Promise<void> {
  const { namespace = '' } = kubectl;
  await terminal.step(`delete the namespace ${namespace}`, async (step) => {
    const wait = (awaited: string, missing: () => Promise<string | undefined>) =>
      until(step, awaited, missing, { within: GOING, signal });
    await kubectl.run(['delete', WORKLOADS, '--all', '--wait=false']);
    await wait('pods to end', () => podsIn(kubectl));
    await kubectl.run(['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false']);
    await wait(`${namespace} to go`, async () =>
      (await kubectl.exists('namespace', namespace)) ? 'its objects and volumes are deleted' : undefined,
    );
  });
}

/** Their names; undefined if there are none. */
async function podsIn(kubectl: Kubectl): Promise<string | undefined> {
  const { items } = await kubectl.get('pods');
  return items.map(({ metadata }: ApiObject) => metadata.name).join(', ') || undefined;
}
