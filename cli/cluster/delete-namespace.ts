import type { World } from '../world';
import type { Kubectl } from './kubectl';
import { type Progress, until } from './waiting';

/** Seconds: PostgreSQL and Elasticsearch end in their own time. */
const GOING = 400;

/** What has pods comes before the pods: else they would be replaced. */
const WORKLOADS = 'cronjobs,jobs,deployments,statefulsets,daemonsets,replicasets,pods';

/**
 * Deletes the namespace that kubectl is held to, with all that is in it, and waits until it is gone. What runs goes first: with pods in
 * it, Kubernetes looks again only after half of their longest grace period, and most of a minute passes in which nothing happens.
 */
export async function removeNamespace(
  progress: Progress,
  kubectl: Kubectl,
  signal?: AbortSignal,
): Promise<void> {
  const { namespace = '' } = kubectl;
  await kubectl.run(['delete', WORKLOADS, '--all', '--wait=false']);
  await untilNoPods(progress, kubectl, signal);
  await kubectl.run(['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false']);
  const left = async () =>
    (await kubectl.exists('namespace', namespace)) ? 'its objects and volumes are deleted' : undefined;
  await until(progress, `${namespace} to go`, left, { within: GOING, signal });
}

/** The same, as a step that a person sees. */
export const deleteNamespace = (
  { terminal, signal }: Pick<World, 'terminal' | 'signal'>,
  kubectl: Kubectl,
): Promise<void> =>
  terminal.step(`delete the namespace ${kubectl.namespace}`, (step) =>
    removeNamespace(step, kubectl, signal),
  );

/** Waits until no pod is left, and says which are. */
export const untilNoPods = (
  progress: Progress,
  kubectl: Kubectl,
  signal?: AbortSignal,
  ...selector: string[]
): Promise<void> =>
  until(progress, 'pods to end', () => podsIn(kubectl, selector), { within: GOING, signal });

/** Their names; undefined if there are none. */
async function podsIn(kubectl: Kubectl, selector: readonly string[]): Promise<string | undefined> {
  const pods = await kubectl.list('pods', ...selector);
  return pods.map(({ metadata }) => metadata.name).join(', ') || undefined;
}
