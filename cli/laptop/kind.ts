import { join } from 'node:path';
import { OWN_CONTEXT } from '../cluster/guard';
import { RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { answer, programError, runProgram } from './programs';

/** What kind calls the cluster of `local/kind.yaml`. */
export const CLUSTER = OWN_CONTEXT.replace('kind-', '');
const CONFIGURATION = join(__dirname, '..', '..', 'local', 'kind.yaml');
/** The ports of this machine that `local/kind.yaml` leads into the cluster, and what is there. */
export const PORTS: ReadonlyMap<number, string> = new Map([
  [1337, 'the site'],
  [8443, 'the site over HTTPS'],
  [8000, 'web, past the ingress'],
]);

/** Seconds. The image of a machine is large. */
const CREATION = 1200;

/**
 * The clusters that kind has made; undefined where kind is not installed.
 * @throws CliError with the cause where it cannot say, as with a Docker that is not running
 */
export async function kindClusters(world: World): Promise<readonly string[] | undefined> {
  const result = await answer(world, 'kind', ['get', 'clusters'], 120);
  if (result === undefined) return undefined;
  if (result.code === 0) return result.stdout.split('\n').filter(Boolean);
  throw programError('kind is installed, but cannot list its clusters', result, 'See `kind get clusters`');
}

/**
 * What makes the cluster of `local/kind.yaml`; undefined where kind has it already, and kubectl knows it from now on.
 *
 * @param current the context that is current, and stays so: kind would make its own the current one
 * @throws RefusedError where it cannot be made
 */
export async function clusterMaker(
  world: World,
  current: string | undefined,
): Promise<(() => Promise<void>) | undefined> {
  const clusters = await kindClusters(world);
  if (clusters === undefined) {
    throw new RefusedError(
      'there is no cluster on this machine, and no kind to create one',
      'Install kind (https://kind.sigs.k8s.io/docs/user/quick-start/#installation) and Docker. ' +
        'Or, with minikube: `minikube start --cni=calico --memory=6g`; its default network enforces no policies',
    );
  }
  const restoreCurrent = async () => {
    if (current !== undefined) await world.execute('kubectl', ['config', 'use-context', current]);
  };
  if (clusters.includes(CLUSTER)) {
    await findAgain(world);
    await restoreCurrent();
    return undefined;
  }
  await refuseTakenPorts(world);
  return async () => {
    await create(world);
    await restoreCurrent();
  };
}

async function findAgain({ execute }: World): Promise<void> {
  const result = await execute('kind', ['export', 'kubeconfig', `--name=${CLUSTER}`]);
  if (result.code === 0) return;
  throw programError(
    `kind has a cluster ${CLUSTER} that cannot be reached`,
    result,
    `\`kind delete cluster --name ${CLUSTER}\` deletes it with its data; then run it again`,
  );
}

async function refuseTakenPorts(world: World): Promise<void> {
  const taken = await Promise.all(
    [...PORTS.keys()].map(async (port) => ({ port, is: await world.listens(port) })),
  );
  const first = taken.find(({ is }) => is);
  if (first) {
    throw new RefusedError(
      `port ${first.port} is taken by another program, and the cluster needs it: ${PORTS.get(first.port)}`,
      `Stop that program (\`lsof -nP -iTCP:${first.port} -sTCP:LISTEN\` names it), then run it again`,
    );
  }
}

async function create(world: World): Promise<void> {
  const command = ['kind', 'create', 'cluster', `--config=${CONFIGURATION}`, '--wait=180s'];
  try {
    await world.terminal.step(`create the kind cluster ${CLUSTER}`, (step) =>
      runProgram(world, step, command, {
        what: `creating the kind cluster ${CLUSTER}`,
        next: '`npx coped doctor` looks for the cause',
        within: CREATION,
      }),
    );
  } catch (error) {
    // Half a cluster would pass for a whole one next time.
    await deleteCluster(world, true);
    throw error;
  }
}

/** Throws the cluster away, and all that is in it. */
export async function deleteCluster({ execute }: World, evenIfInterrupted = false): Promise<void> {
  const args = ['delete', 'cluster', `--name=${CLUSTER}`];
  const result = await execute('kind', args, { within: 300, evenIfInterrupted });
  if (result.code === 0) return;
  throw programError(
    `the kind cluster ${CLUSTER} cannot be deleted`,
    result,
    'See that Docker runs, then run it again',
  );
}
