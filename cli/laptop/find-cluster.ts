import type { Environment } from '../../lib/environments/environment';
import { chooseContext, knownContexts } from '../cluster/guard';
import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { Failure, NotUp } from '../failure';
import { contextOf, type World } from '../world';
import { createCluster } from './kind';

/** Seconds after which a cluster on one's own machine is not running. */
const ANSWER = 20;

/**
 * The cluster on this machine: the one that was named, the current one, or the one of `local/kind.yaml`, which is made if
 * there is none.
 * @throws Refusal
 */
export async function findCluster(world: World, environment: Environment, asked?: string): Promise<Kubectl> {
  if (asked === undefined) {
    const known = await knownContexts(world);
    try {
      chooseContext(environment, undefined, known);
    } catch (error) {
      if (!(error instanceof NotUp)) throw error;
      if (known.absent) world.terminal.say(`${error.message}; the new one is written there`);
      await createCluster(world, known.current);
    }
  }
  return contextOf(world, environment, asked);
}

/**
 * The machines of a cluster.
 * @throws Failure if it does not answer
 */
export async function nodesOf(kubectl: Kubectl): Promise<ApiObject[]> {
  const { context } = kubectl;
  const args = ['get', 'nodes', '--output=json', `--request-timeout=${ANSWER}s`];
  const { code, stdout, stderr } = await kubectl.attempt(args);
  if (code === 0) return JSON.parse(stdout).items;
  throw new Failure(
    `the cluster of the context ${context} does not answer: ${stderr.trim().split('\n').at(-1)}`,
    wake(context),
  );
}

/** How a cluster is started that has been stopped. */
function wake(context: string): string {
  const [, kind] = /^kind-(.+)$/.exec(context) ?? [];
  if (kind !== undefined) {
    return `Start Docker, then \`docker start ${kind}-control-plane\`; \`kind delete cluster --name ${kind}\` throws it away, with its data`;
  }
  if (context === 'minikube') return '`minikube start`';
  return 'Start it, or name another with --context';
}
