import type { Environment } from '../../lib/environments/environment';
import type { Unread } from '../configurations';
import { CliError, NotUpError, RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { refusal } from './local-only';

/** What kubectl's configuration says about clusters. */
export interface Contexts {
  readonly current?: string;
  /** Context → address of its API server; empty if the configuration does not have its cluster. */
  readonly servers: ReadonlyMap<string, string>;
  readonly unread?: Unread;
}

/** What kubectl calls the cluster that `local/kind.yaml` describes. */
export const OWN_CONTEXT = 'kind-coped';

/**
 * The one context on which a command may act for an environment.
 *
 * A local environment lives on any cluster of this machine: name and address have to say so. A hosted one lives only
 * where its `contexts` say; the current context never counts, because it is left from an earlier command.
 *
 * @param asked `--context`, if it was given
 * @throws RefusedError
 * @throws NotUpError where kubectl knows no cluster that could be meant
 */
export function chooseContext(environment: Environment, asked: string | undefined, known: Contexts): string {
  if (known.unread?.all) throw new NotUpError(`${named(known.unread)}: kubectl has no cluster`, CORRECT);
  const chosen = environment.kind === 'local' ? local(asked, known) : hosted(environment, asked, known);
  const server = known.servers.get(chosen);
  if (server === undefined) {
    throw new RefusedError(
      `kubectl has no context named "${chosen}" (found: ${list(known)})`,
      'Name one of them with --context',
    );
  }
  if (server === '') {
    throw new RefusedError(
      `kubectl's configuration has the context "${chosen}", but not the cluster that it names`,
      'Get a new kubeconfig from the administrators, or correct it: `kubectl config view`',
    );
  }
  const why = environment.kind === 'local' && refusal(chosen, server);
  if (why) {
    throw new RefusedError(
      `${environment.name} deletes data, so it runs on this machine only, and ${why}`,
      `Name a local cluster with --context (found: ${list(known)})`,
    );
  }
  return chosen;
}

function local(asked: string | undefined, { current, servers }: Contexts): string {
  if (asked !== undefined) return asked;
  const isLocal = (name: string) => refusal(name, servers.get(name) ?? '') === undefined;
  if (current !== undefined && isLocal(current)) return current;
  if (servers.has(OWN_CONTEXT)) return OWN_CONTEXT;
  const isThere = current !== undefined && servers.get(current);
  throw new NotUpError(
    current === undefined
      ? 'kubectl has no local cluster'
      : `the current context "${current}" is not ${isThere ? 'a local cluster' : "in kubectl's configuration, or not its cluster"}`,
    'Create one with `npx coped up`, or name one with --context',
  );
}

function hosted({ name, contexts = [] }: Environment, asked: string | undefined, known: Contexts): string {
  const { servers } = known;
  const pinned = contexts.join(', ');
  if (asked !== undefined) {
    if (contexts.includes(asked)) return asked;
    throw new RefusedError(
      `"${asked}" is not a context of ${name} (allowed: ${pinned})`,
      `If it has moved, change \`contexts\` in lib/environments/${name}.ts`,
    );
  }
  const [only, ...more] = contexts.filter((context) => servers.has(context));
  if (only === undefined) {
    throw new RefusedError(
      `kubectl has no context named ${contexts.join(' or ')} (found: ${list(known)})`,
      'Give your context that name with `kubectl config rename-context`, or ask for access to the cluster',
    );
  }
  if (more.length > 0) {
    throw new RefusedError(
      `${name} has several contexts: ${[only, ...more].join(', ')}`,
      'Choose one with --context',
    );
  }
  return only;
}

const list = ({ servers, unread }: Contexts): string =>
  ([...servers.keys()].join(', ') || 'none') + (unread ? `; ${named(unread)}` : '');

const CORRECT = 'Correct it, or `unset KUBECONFIG`, and kubectl reads ~/.kube/config again';

export const named = ({ files }: Unread): string => `KUBECONFIG names ${files.join(', ')}`;

/** What the user's kubectl is configured for. */
export async function knownContexts({
  execute,
  unreadConfigurations,
}: Pick<World, 'execute' | 'unreadConfigurations'>): Promise<Contexts> {
  const { code, stdout, stderr } = await execute('kubectl', ['config', 'view', '--output=json']);
  const unread = unreadConfigurations?.();
  if (code !== 0) {
    const why = unread ? named(unread) : stderr.trim();
    throw new CliError(`kubectl cannot read its configuration: ${why}`, CORRECT);
  }
  const { contexts, clusters, 'current-context': current } = JSON.parse(stdout) as Config;
  const addresses = new Map(clusters?.map(({ name, cluster }) => [name, cluster.server ?? '']));
  return {
    ...(current && { current }),
    ...(unread && { unread }),
    servers: new Map(contexts?.map(({ name, context }) => [name, addresses.get(context.cluster) ?? ''])),
  };
}

interface Config {
  readonly 'current-context'?: string;
  readonly contexts?: readonly { name: string; context: { cluster: string } }[] | null;
  readonly clusters?: readonly { name: string; cluster: { server?: string } }[] | null;
}
