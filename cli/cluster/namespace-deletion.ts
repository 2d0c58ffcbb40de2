import { ago } from '../terminal/age';
import { NotUpError } from '../terminal/errors';
import type { World } from '../world';
import type { ApiObject, Kubectl } from './kubectl';

/** A namespace that is being deleted: nothing new can be made in it, and what is in it goes. */
export interface Leaving {
  /** What it is, since when, and what is left in it. */
  readonly reason: string;
  readonly next: string;
  /** What is left does not go by itself. */
  readonly stuck: boolean;
}

/** Seconds after which a finalizer that is still there will not go by itself. */
const PATIENCE = 60;

/** Kubernetes' own: a claim waits for the pods that use it. */
const OWN = /\b(kubernetes\.io\/[a-z-]+|foregroundDeletion|orphan) in \d+ resource instances/g;

/**
 * Whether the namespace that kubectl is held to is being deleted; undefined if it is not, or is not there, or may not be seen.
 * @throws Error if the cluster does not answer
 */
export async function leaving(kubectl: Kubectl, now: Date): Promise<Leaving | undefined> {
  const { namespace = '' } = kubectl;
  const args = ['get', 'namespace', namespace, '--ignore-not-found', '--output=json'];
  const text = await kubectl.run(args).catch((error: Error) => {
    // Some may look into a namespace, and not at it.
    if (/forbidden/i.test(error.message)) return '';
    throw error;
  });
  const found: ApiObject | undefined = text.trim() === '' ? undefined : JSON.parse(text);
  const since = found?.metadata.deletionTimestamp;
  return since === undefined ? undefined : explained(kubectl, found?.status, since, now);
}

function explained(kubectl: Kubectl, status: ApiObject['status'], since: string, now: Date): Leaving {
  const { namespace } = kubectl;
  const left = (status?.conditions ?? []).filter((one) => one.status === 'True');
  const finalizers = left.find(({ type }) => type === 'NamespaceFinalizersRemaining')?.message ?? '';
  const foreign = /in \d+ resource instances/.test(finalizers.replace(OWN, ''));
  const late = now.getTime() - Date.parse(since) > PATIENCE * 1000;
  const stuck = late && (foreign || left.some(({ type }) => /Failure$/.test(type)));
  const what = left.map(({ message }) => `\n    ${message}`).join('');
  return {
    reason: `the namespace ${namespace} is being deleted (asked for ${ago(since, now)})${what}`,
    next: stuck ? `It does not go by itself. ${release(kubectl, foreign)}` : wait(kubectl),
    stuck,
  };
}

const wait = ({ context, namespace }: Kubectl): string =>
  `Wait until it is gone, then run it again: \`kubectl --context=${context} wait --for=delete namespace/${namespace} --timeout=10m\``;

const release = (kubectl: Kubectl, foreign: boolean): string =>
  foreign
    ? `Let the owner of that finalizer finish, or take it off: \`${kubectl.typed('edit', '<kind>', '<name>')}\``
    : 'Ask the administrators of the cluster, and show them these lines';

/** @throws NotUpError where the namespace is being deleted */
export async function refuseWhileLeaving(kubectl: Kubectl, now: Date): Promise<void> {
  const found = await leaving(kubectl, now);
  if (found) throw new NotUpError(found.reason, found.next);
}

/**
 * For what waits until it is gone: says that first.
 * @returns whether the namespace is being deleted
 * @throws NotUpError where waiting for its end is no use
 */
export async function sayIfLeaving(
  { terminal, now }: Pick<World, 'terminal' | 'now'>,
  kubectl: Kubectl,
): Promise<boolean> {
  const found = await leaving(kubectl, now());
  if (found?.stuck) throw new NotUpError(found.reason, found.next);
  if (found)
    terminal.say(`${found.reason}\n  First it has to be gone, with its claims: nothing keeps them now`);
  return found !== undefined;
}
