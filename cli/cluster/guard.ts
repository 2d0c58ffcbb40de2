import type { Environment } from '../../lib/environments/environment';
import { CliError, NotUpError, RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { refusal } from './local-only';

/** What kubectl's configuration says about clusters. */
export interface Contexts {
  readonly current?: string;
  /** Context → address of its API server. */
  readonly servers: ReadonlyMap<string, string>;
  /** The files that KUBECONFIG names, if none of them is there. */
  readonly absent?: readonly string[];
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
  if (known.absent) throw noSuchConfiguration(known.absent);
  const chosen = environment.kind === 'local' ? local(asked, known) : hosted(environment, asked, known);
  const server = known.servers.get(chosen);
  if (server === undefined) {
    throw new RefusedError(
      `kubectl has no context named "${chosen}" (found: ${list(known)})`,
      'Name one of them with --context',
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
  throw new NotUpError(
    current === undefined
      ? 'kubectl has no local cluster'
      : `the current context "${current}" is not a local cluster`,
    'Create one with `npx coped up`, or name one with --context',
  );
}

function hosted(
  { name, contexts = [] }: Environment,
  asked: string | undefined,
  { servers }: Contexts,
): string {
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
      `kubectl has no context named ${contexts.join(' or ')} (found: ${list({ servers })})`,
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

const list = ({ servers }: Contexts): string => [...servers.keys()].join(', ') || 'none';

/** kubectl itself says nothing of it, and goes on as if there were no cluster anywhere. */
const noSuchConfiguration = (files: readonly string[]): NotUpError =>
  new NotUpError(
    `KUBECONFIG names ${files.join(', ')}, and there is no such file: kubectl has no cluster`,
    'Correct it, or `unset KUBECONFIG`, and kubectl reads ~/.kube/config again',
  );

/** What the user's kubectl is configured for. */
export async function knownContexts({
  execute,
  absentConfigurations,
}: Pick<World, 'execute' | 'absentConfigurations'>): Promise<Contexts> {
  const { code, stdout, stderr } = await execute('kubectl', ['config', 'view', '--output=json']);
  if (code !== 0) {
    throw new CliError(
      `kubectl cannot read its configuration: ${stderr.trim()}`,
      'See `kubectl config view`',
    );
  }
  const absent = absentConfigurations?.();
  const { contexts, clusters, 'current-context': current } = JSON.parse(stdout) as Config;
  const addresses = new Map(clusters?.map(({ name, cluster }) => [name, cluster.server ?? '']));
  return {
    ...(current && { current }),
    ...(absent && { absent }),
    servers: new Map(contexts?.map(({ name, context }) => [name, addresses.get(context.cluster) ?? ''])),
  };
}

interface Config {
  readonly 'current-context'?: string;
  readonly contexts?: readonly { name: string; context: { cluster: string } }[] | null;
  readonly clusters?: readonly { name: string; cluster: { server?: string } }[] | null;
}
