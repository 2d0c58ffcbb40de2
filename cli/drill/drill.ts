import { production } from '../../lib/environments/production';
import { deleteNamespace } from '../cluster/delete-namespace';
import { contextOf, environmentNamed } from '../cluster/environment';
import type { Kubectl } from '../cluster/kubectl';
import { sayIfLeaving } from '../cluster/namespace-deletion';
import { requireOwnDatabase } from '../cluster/site';
import type { BuilderName } from '../laptop/images/builders';
import { contentsOf } from '../laptop/images/contents';
import { bringImages } from '../laptop/images/delivery';
import { folderOf, ownImages } from '../laptop/images/own-images';
import { nodesOf } from '../laptop/local-cluster';
import { confirmLoss } from '../terminal/confirm';
import { CliError, InterruptedError, RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { DRILL, drillEnvironment } from './environment';
import type { Outcome } from './outcome';
import { play } from './phases';
import { Trial } from './trial';

export interface DrillOptions {
  readonly context?: string;
  /** An image of Django that the cluster has, or can pull; built here if absent. */
  readonly image?: string;
  readonly builder?: BuilderName;
  readonly keep?: boolean;
  readonly yes?: boolean;
}

/** The image that a drill builds: a hosted environment accepts no tag that can change without notice. */
function builtName(): string {
  const { source } = production.application;
  if (source) return `docker.io/coped/django:drill-${contentsOf({ folder: folderOf(source) })}`;
  throw new RefusedError(
    "production's application has no source to build its image from",
    'Name an image that the cluster can pull: npx coped drill --image <reference>',
  );
}

/** Destroys an environment on purpose, restores it from a backup, and reports how long that took and what was lost. */
export async function drill(world: World, options: DrillOptions): Promise<Outcome> {
  // What would be rehearsed is production's way back.
  for (const { name } of world.environments.filter((one) => one.name === production.name))
    requireOwnDatabase(environmentNamed(world, name), 'a drill');
  const kubectl = await throwAwayCluster(world, options.context);
  const image = options.image ?? builtName();
  const inner = worldOf(world, kubectl.context, image);
  const environment = environmentNamed(inner, DRILL);
  const left = await kubectl.exists('namespace', kubectl.namespace ?? '');
  await confirmLoss(
    world,
    `Context ${kubectl.context}, namespace ${kubectl.namespace}: a small environment is deployed, deleted with all its ` +
      `data, and restored. Nothing else is touched.${left ? '\nThe one that an earlier drill has left there is deleted first.' : ''}`,
    DRILL,
    options.yes,
  );
  if (left) await deleteNamespace(world, kubectl);
  const trial = new Trial(inner, kubectl, environment);
  if (!options.image) {
    const images = ownImages(environment).filter(({ name }) => name === 'django');
    await bringImages(
      world,
      kubectl.context,
      images.map((image) => ({ ...image, target: undefined })),
      options.builder,
    );
  }
  try {
    const outcome = await play(inner, trial);
    if (!options.keep) await deleteNamespace(world, kubectl);
    return outcome;
  } catch (error) {
    if (!(error instanceof InterruptedError)) {
      world.terminal.say(
        `The namespace ${kubectl.namespace} is left for you to inspect; the next drill deletes it.`,
      );
      if (error instanceof CliError)
        throw new CliError(withoutAdvice(error.message), withoutAdvice(error.next));
      throw error;
    }
    const gone = ['delete', 'namespace', kubectl.namespace ?? '', '--ignore-not-found', '--wait=false'];
    await kubectl.attempt(gone, { evenIfInterrupted: true });
    throw new InterruptedError(`Interrupted. The namespace ${kubectl.namespace} is being deleted.`);
  }
}

/**
 * A cluster on this machine, and the one namespace that a drill deletes.
 * @throws RefusedError
 */
async function throwAwayCluster(world: World, asked: string | undefined): Promise<Kubectl> {
  if (world.environments.some(({ name }) => name === DRILL)) {
    throw new RefusedError(
      `there is an environment "${DRILL}", and a drill would delete it`,
      'Give it another name in lib/environments',
    );
  }
  // What is temporary follows development's rules.
  const local = world.environments.find(({ kind }) => kind === 'local');
  if (!local)
    throw new RefusedError(
      'no environment is local',
      'Add one to lib/environments: a drill needs its contexts',
    );
  const { name: like } = local;
  const rules = { ...environmentNamed(world, like), name: DRILL };
  const kubectl = await contextOf(world, rules, asked);
  await nodesOf(kubectl);
  await sayIfLeaving(world, kubectl);
  return kubectl;
}

/** Commands for the drill's environment. Users cannot type them: it is not in lib/environments, and the drill runs them itself. */
const ADVICE = new RegExp(`npx coped \\w+ ${DRILL}\\b`);

const withoutAdvice = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !ADVICE.test(line))
    .join('\n');

/** The world with the drill's environment in it. Its steps print neither results nor what to do next. */
const worldOf = (world: World, context: string, image: string): World => ({
  ...world,
  environments: [...world.environments, drillEnvironment(context, image)],
  terminal: world.terminal.forSteps(ADVICE),
});
