import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { CliError, NotUpError } from '../terminal/errors';
import type { Source } from './sources';

/** A component whose pods have a copy of a folder that can be written. */
export interface Copied {
  readonly component: string;
  readonly source: Source;
  /** Port of a server that loads its code once and notices when it changes; others read it each time. */
  readonly port?: number;
}

/**
 * Which components can be edited, as the cluster has them: the manifests may be older than what is on this machine.
 * @throws CliError where there is nothing to edit
 */
export async function copiedComponents(
  kubectl: Kubectl,
  environment: string,
  sources: readonly Source[],
): Promise<Copied[]> {
  const { items } = await kubectl.get('deployments');
  if (items.length === 0) {
    throw new NotUpError(`${environment} is not on ${kubectl.context}`, 'Bring it up with `npx coped up`');
  }
  const found = (items as ApiObject[]).flatMap((deployment) => copied(deployment, sources));
  if (found.some(({ port }) => port !== undefined)) return found;
  throw new CliError(
    `nothing that runs in ${kubectl.namespace} can be edited: it comes from an older release of these manifests`,
    'Bring it up to date with `npx coped up`',
  );
}

function copied({ spec }: ApiObject, sources: readonly Source[]): Copied[] {
  const [container] = spec.template.spec.containers;
  const mounts: { name: string; mountPath: string }[] = container.volumeMounts ?? [];
  const target = mounts.find(({ name }) => name === 'code')?.mountPath;
  const source = sources.find((one) => one.target === target);
  const isLive = mounts.some(({ name }) => name === 'live');
  // A server without live.py would go on with what it has loaded.
  if (source === undefined || (target === '/app' && !isLive)) return [];
  return [{ component: container.name, source, ...(isLive && { port: container.ports[0].containerPort }) }];
}
