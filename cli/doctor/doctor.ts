import type { Environment } from '../../lib/environments/environment';
import { contextOf } from '../cluster/environment';
import { knownContexts, OWN_CONTEXT } from '../cluster/guard';
import type { Kubectl } from '../cluster/kubectl';
import { leaving } from '../cluster/namespace-deletion';
import { nodesOf } from '../laptop/local-cluster';
import { CliError, InterruptedError, NotUpError } from '../terminal/errors';
import type { World } from '../world';
import { canary } from './canary';
import { cluster } from './cluster';
import { type Finding, ok, problem, warning } from './finding';
import { ports } from './ports';
import { basicTools, laptopTools } from './tools';

export interface Scope {
  readonly context?: string;
  /** Tries whether the network enforces policies, with two pods. */
  readonly canary: boolean;
}

/** Looks at everything that COPED needs, and changes nothing but a namespace that it makes and removes again. */
export async function doctor(world: World, environment: Environment, scope: Scope): Promise<Finding[]> {
  const basic = await basicTools(world);
  if (basic.some(({ about, level }) => about === 'kubectl' && level === 'problem')) {
    return [...basic, warning('cluster', 'cannot be seen without kubectl', 'Install kubectl first')];
  }
  const { kubectl, finding } = await reach(world, environment, scope.context);
  const local = environment.kind === 'local' ? await laptop(world, kubectl) : [];
  if (!kubectl) return [...basic, ...local, finding];
  const going = await leaving(kubectl, world.now());
  const found = [
    ...basic,
    ...local,
    finding,
    ...(going ? [problem('namespace', going.reason, going.next)] : []),
    ...(await cluster(kubectl, environment)),
  ];
  return scope.canary ? [...found, ...(await canary(world, kubectl, environment))] : found;
}

/** What only a machine needs on which a cluster runs. */
async function laptop(world: World, kubectl: Kubectl | undefined): Promise<Finding[]> {
  const { servers } = await knownContexts(world);
  const tools = await laptopTools(world, kubectl?.context);
  // Other clusters are reached through a tunnel, which takes the port it is given.
  const isOther = kubectl !== undefined && kubectl.context !== OWN_CONTEXT;
  return isOther ? tools : [...tools, ...(await ports(world, servers.has(OWN_CONTEXT)))];
}

/** The environment's cluster, if there is one that answers. */
async function reach(
  world: World,
  environment: Environment,
  asked: string | undefined,
): Promise<{ kubectl?: Kubectl; finding: Finding }> {
  const about = 'cluster';
  try {
    const kubectl = await contextOf(world, environment, asked);
    const nodes = await nodesOf(kubectl);
    const count = nodes.length === 1 ? '1 node' : `${nodes.length} nodes`;
    return { kubectl, finding: ok(about, `context ${kubectl.context}, ${count}`) };
  } catch (error) {
    if (error instanceof InterruptedError || !(error instanceof CliError)) throw error;
    const unseen = `${error.message}; it cannot be checked`;
    const isNew =
      error instanceof NotUpError &&
      !world.unreadConfigurations?.()?.all &&
      environment.kind === 'local' &&
      asked === undefined;
    return {
      finding: (isNew ? warning : problem)(about, unseen, error.next),
    };
  }
}
