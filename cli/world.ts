import type { Environment, HostedEnvironment, LocalEnvironment } from '../lib/environments/environment';
import { namespaceOf } from '../lib/environments/environment';
import { parseEnvironments } from '../rules/environments';
import type { Execute } from './cluster/execute';
import { chooseContext, knownContexts } from './cluster/guard';
import { Kubectl } from './cluster/kubectl';
import { refuseWhileLeaving } from './cluster/leaving';
import type { Terminal } from './terminal';
import { RefusedError } from './terminal/errors';

/** Everything that commands know of what is around them; tests give them another. */
export interface World {
  /** Every environment, as written. */
  readonly environments: readonly (LocalEnvironment | HostedEnvironment)[];
  /** Runs programs: kubectl, docker, kind. */
  readonly execute: Execute;
  readonly terminal: Terminal;
  /** Aborted when somebody presses ctrl-C. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Whether anything on this machine listens on a port of the loopback address. */
  readonly listens: (port: number) => Promise<boolean>;
  /** The files that KUBECONFIG names, if there are some and none of them exists. */
  readonly absentConfigurations?: () => readonly string[] | undefined;
}

/**
 * The environment of this name, with its defaults.
 * @throws RefusedError if there is none
 */
export function environmentNamed({ environments }: World, name: string): Environment {
  const environment = parseEnvironments(environments.filter((one) => one.name === name))[0];
  if (environment) return environment;
  const names = environments.map((one) => one.name).join(', ');
  throw new RefusedError(`"${name}" is not an environment`, `Choose from ${names}`);
}

/**
 * kubectl, held to the one context and namespace of an environment, for work in it. Says which, so that nobody has to wonder.
 * @throws RefusedError where the environment does not live on that context
 * @throws NotUpError where there is none, or its namespace is being deleted
 */
export async function clusterOf(world: World, environment: Environment, asked?: string): Promise<Kubectl> {
  const kubectl = await contextOf(world, environment, asked);
  await refuseWhileLeaving(kubectl, world.now());
  return kubectl;
}

/** The same for what makes, removes or looks at the namespace itself: the cluster is not asked. */
export async function contextOf(world: World, environment: Environment, asked?: string): Promise<Kubectl> {
  const context = chooseContext(environment, asked, await knownContexts(world));
  const namespace = namespaceOf(environment);
  world.terminal.say(
    world.terminal.paint('dim', `${environment.name}: context ${context}, namespace ${namespace}`),
  );
  return new Kubectl(context, namespace, world.execute);
}
