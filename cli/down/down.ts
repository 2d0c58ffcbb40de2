import type { Environment } from '../../lib/environments/environment';
import { deleteNamespace, untilNoPods } from '../cluster/delete-namespace';
import { contextOf } from '../cluster/environment';
import { OWN_CONTEXT } from '../cluster/guard';
import type { Kubectl } from '../cluster/kubectl';
import { sayIfLeaving } from '../cluster/namespace-deletion';
import { CLUSTER, deleteCluster, kindClusters } from '../laptop/kind';
import { nodesOf, refuseHosted } from '../laptop/local-cluster';
import { confirmLoss } from '../terminal/confirm';
import { CliError, RefusedError } from '../terminal/errors';
import type { World } from '../world';

export interface Extent {
  readonly context?: string;
  /** The claims as well. */
  readonly data?: boolean;
  /** The whole kind cluster. */
  readonly cluster?: boolean;
  /** Skip the confirmation. */
  readonly yes?: boolean;
}

/** Seconds. */
const GOING = 400;

/** What `up` and `kubectl apply` bring, and what is made of it: all but the claims. Pods last, for they end slowly. */
const BROUGHT =
  'ingresses,networkpolicies,services,deployments,replicasets,cronjobs,jobs,controllerrevisions,configmaps,secrets,' +
  'serviceaccounts,roles,rolebindings,horizontalpodautoscalers,poddisruptionbudgets,limitranges,resourcequotas,pods';
const OURS = '--selector=app.kubernetes.io/part-of=coped';

/** Takes an environment of this machine down. Without `data`, the next `up` finds everything again. */
export async function down(world: World, environment: Environment, extent: Extent): Promise<void> {
  refuseHosted(environment);
  const kubectl = await contextOf(world, environment, extent.context);
  if (extent.cluster) return removeCluster(world, kubectl, extent);
  await nodesOf(kubectl);
  if (!(await kubectl.exists('namespace', kubectl.namespace ?? ''))) {
    return world.terminal.say(`${environment.name} is not there: nothing to take down`);
  }
  if (await sayIfLeaving(world, kubectl)) return deleteNamespace(world, kubectl);
  if (extent.data) return removeNamespace(world, kubectl, environment, extent);
  await removeAllButClaims(world, kubectl);
  const claims = await claimsOf(kubectl);
  if (claims.length > 0) {
    world.terminal.say(`kept: ${claims.join(', ')}; \`npx coped down --data\` removes them, too`);
  }
}

async function removeAllButClaims({ terminal, signal }: World, kubectl: Kubectl): Promise<void> {
  const remove = (...args: string[]) =>
    kubectl.attempt(['delete', ...args, OURS, '--ignore-not-found'], { within: GOING });
  await terminal.step(`take down what is in ${kubectl.namespace}, but no claim`, async (step) => {
    // A StatefulSet of a laptop takes its claims along when it goes; orphaned, they stay.
    for (const args of [
      ['statefulsets', '--cascade=orphan'],
      [BROUGHT, '--wait=false'],
    ]) {
      const { code, stderr } = await remove(...args);
      if (code !== 0) {
        throw new CliError(`not everything was deleted: ${stderr.trim().split('\n').at(-1)}`, 'Run it again');
      }
    }
    await untilNoPods(step, kubectl, signal, OURS);
  });
}

/** `data-postgres-0 (1Gi)` */
async function claimsOf(kubectl: Kubectl): Promise<string[]> {
  const claims = await kubectl.list('persistentvolumeclaims');
  return claims.map(({ metadata, spec }) => `${metadata.name} (${spec?.resources?.requests?.storage})`);
}

async function removeNamespace(
  world: World,
  kubectl: Kubectl,
  { name }: Environment,
  { yes }: Extent,
): Promise<void> {
  const { context, namespace = '' } = kubectl;
  const claims = (await claimsOf(kubectl)).join(', ') || 'no claims';
  const loss = `context ${context}, namespace ${namespace}: everything in it is deleted permanently: ${claims}`;
  await confirmLoss(world, loss, name, yes);
  await deleteNamespace(world, kubectl);
}

async function removeCluster(world: World, { context }: Kubectl, { yes }: Extent): Promise<void> {
  if (context !== OWN_CONTEXT) {
    throw new RefusedError(
      `the cluster of the context ${context} is not the one of local/kind.yaml, and may hold other things`,
      'Delete it yourself, or take down the environment only, without --cluster',
    );
  }
  const clusters = await kindClusters(world);
  if (!clusters?.includes(CLUSTER)) {
    throw new RefusedError(
      `kind has no cluster ${CLUSTER}`,
      'See `kind get clusters`; does Docker run? A context that leads nowhere: `kubectl config delete-context kind-coped`',
    );
  }
  const loss = `context ${context}: the whole cluster is deleted, with every namespace and all data in it`;
  await confirmLoss(world, loss, CLUSTER, yes);
  await world.terminal.step(`delete the kind cluster ${CLUSTER}`, () => deleteCluster(world));
}
