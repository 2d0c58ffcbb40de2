import type { Environment } from '../../lib/environments/environment';
import { contextOf } from '../cluster/environment';
import { chooseContext, knownContexts, OWN_CONTEXT } from '../cluster/guard';
import { type ApiObject, type Kubectl, objectsIn } from '../cluster/kubectl';
import { requireKind } from '../cluster/site';
import { CliError, NotUpError } from '../terminal/errors';
import type { World } from '../world';
import { clusterMaker } from './kind';

/** Seconds after which a cluster on one's own machine is not running. */
const ANSWER = 20;

/** The cluster that an environment of this machine lives on. */
export interface LocalCluster {
  readonly context: string;
  /** It has to be made first. */
  readonly isNew: boolean;
  /** Makes it first where it is new, once. */
  readonly reach: () => Promise<Kubectl>;
}

/**
 * The cluster on this machine: the one that was named, the current one, or the one of `local/kind.yaml`, which may have to be made.
 * @throws RefusedError
 */
export async function findCluster(
  world: World,
  environment: Environment,
  asked?: string,
): Promise<LocalCluster> {
  const make = asked === undefined ? await makerIfNone(world, environment) : undefined;
  if (make) {
    let made: Promise<Kubectl> | undefined;
    const reach = () => (made ??= make().then(() => contextOf(world, environment)));
    return { context: OWN_CONTEXT, isNew: true, reach };
  }
  const kubectl = await contextOf(world, environment, asked);
  return { context: kubectl.context, isNew: false, reach: async () => kubectl };
}

/** What makes a cluster, where kubectl and kind know none. */
async function makerIfNone(
  world: World,
  environment: Environment,
): Promise<(() => Promise<void>) | undefined> {
  const known = await knownContexts(world);
  try {
    chooseContext(environment, undefined, known);
    return undefined;
  } catch (error) {
    if (!(error instanceof NotUpError)) throw error;
    if (known.unread?.all) world.terminal.say(`${error.message}; the new one is written there`);
    return clusterMaker(world, known.current);
  }
}

/**
 * The machines of a cluster.
 * @throws CliError if it does not answer
 */
export async function nodesOf(kubectl: Kubectl): Promise<ApiObject[]> {
  const { context } = kubectl;
  const args = ['get', 'nodes', '--output=json', `--request-timeout=${ANSWER}s`];
  const { code, stdout, stderr } = await kubectl.attempt(args);
  if (code === 0) return objectsIn(stdout);
  throw new CliError(
    `the cluster of the context ${context} does not answer: ${stderr.trim().split('\n').at(-1)}`,
    wake(context),
  );
}

/** How a cluster is started that has been stopped. */
function wake(context: string): string {
  const [, kind] = /^kind-(.+)$/.exec(context) ?? [];
  if (kind !== undefined) {
    return `Start Docker, then \`docker start ${kind}-control-plane\`; \`kind delete cluster --name ${kind}\` deletes it with its data`;
  }
  if (context === 'minikube') return '`minikube start`';
  return 'Start it, or name another with --context';
}

/** @throws RefusedError where people rely on what is there */
export const refuseHosted = (environment: Environment): void =>
  requireKind(
    environment,
    'local',
    'no command takes it down',
    `Deploy it with \`npx coped deploy ${environment.name}\``,
  );
