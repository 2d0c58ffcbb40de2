import { didYouMean } from '../../formats/nearest';
import { type Environment, namespaceOf } from '../../lib/environments/environment';
import { parseEnvironments } from '../../rules/environments';
import { RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { chooseContext, knownContexts, named } from './guard';
import { Kubectl } from './kubectl';
import { refuseWhileLeaving } from './namespace-deletion';

/**
 * The environment of this name, with its defaults.
 * @throws RefusedError if there is none
 */
export function environmentNamed({ environments }: Pick<World, 'environments'>, name: string): Environment {
  const environment = parseEnvironments(environments.filter((one) => one.name === name))[0];
  if (environment) return environment;
  const names = environments.map((one) => one.name);
  throw new RefusedError(
    `"${name}" is not an environment`,
    `${didYouMean(name, names)}Choose from ${names.join(', ')}`,
  );
}

/**
 * kubectl, held to the one context and namespace of an environment, for work in it. Prints which.
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
  const known = await knownContexts(world);
  const context = chooseContext(environment, asked, known);
  if (known.unread) world.terminal.say(`${named(known.unread)}: kubectl goes on without`);
  const namespace = namespaceOf(environment);
  world.terminal.say(
    world.terminal.paint('dim', `${environment.name}: context ${context}, namespace ${namespace}`),
  );
  return new Kubectl(context, namespace, world.execute);
}
