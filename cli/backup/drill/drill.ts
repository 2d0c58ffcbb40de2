import { namespaceOf } from '../../../lib/environments/environment';
import { deleteNamespace } from '../../cluster/delete-namespace';
import { chooseContext, knownContexts } from '../../cluster/guard';
import { Kubectl } from '../../cluster/kubectl';
import { agree } from '../../laptop/agree';
import { bringImages } from '../../laptop/bring-images';
import type { BuilderName } from '../../laptop/builders';
import { contentsOf } from '../../laptop/contents';
import { nodesOf } from '../../laptop/find-cluster';
import { folderOf, ownImages } from '../../laptop/own-images';
import { InterruptedError, RefusedError } from '../../terminal/errors';
import { environmentNamed, type World } from '../../world';
import { DRILL, drillEnvironment } from '../drill-environment';
import type { Outcome } from './outcome';
import { play } from './play';
import { Trial } from './trial';

export interface Wishes {
  readonly context?: string;
  /** An image of Django that the cluster has, or can pull; built from app/django if absent. */
  readonly image?: string;
  readonly builder?: BuilderName;
  readonly keep?: boolean;
  readonly yes?: boolean;
}

/** What it is called when it is built for a drill: a hosted environment takes no tag that can change without notice. */
const builtName = (): string => `docker.io/coped/django:drill-${contentsOf({ folder: folderOf('django') })}`;

/** Loses an environment on purpose, gets it back from a backup, and says how long it took and what was lost. */
export async function drill(world: World, wishes: Wishes): Promise<Outcome> {
  const kubectl = await throwAwayCluster(world, wishes.context);
  const image = wishes.image ?? builtName();
  const inner = worldOf(world, kubectl.context, image);
  const environment = environmentNamed(inner, DRILL);
  const left = await kubectl.exists('namespace', kubectl.namespace ?? '');
  await agree(world, {
    question:
      `Context ${kubectl.context}, namespace ${kubectl.namespace}: a small environment is brought up, deleted with all its ` +
      `data, and restored. Nothing else is touched.${left ? '\nOne that an earlier drill has left there is deleted first.' : ''}`,
    word: DRILL,
    yes: wishes.yes,
  });
  if (left) await deleteNamespace(world, kubectl);
  const trial = new Trial(inner, kubectl, environment);
  if (!wishes.image) {
    const [django] = ownImages(environment);
    const images = django ? [{ ...django, target: undefined }] : [];
    await bringImages(world, kubectl.context, images, wishes.builder);
  }
  try {
    const outcome = await play(inner, trial);
    if (!wishes.keep) await deleteNamespace(world, kubectl);
    return outcome;
  } catch (error) {
    if (!(error instanceof InterruptedError)) {
      world.terminal.say(
        `The namespace ${kubectl.namespace} is left for you to look at; the next drill deletes it.`,
      );
      throw error;
    }
    const gone = ['delete', 'namespace', kubectl.namespace ?? '', '--ignore-not-found', '--wait=false'];
    await kubectl.attempt(gone, { evenIfInterrupted: true });
    throw new InterruptedError(`Interrupted: no drill. The namespace ${kubectl.namespace} is being deleted.`);
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
  // What may be thrown away lives by development's rules.
  const local = world.environments.find(({ kind }) => kind === 'local');
  if (!local) throw new RefusedError('no environment is local', 'A drill needs one in lib/environments');
  const { name: like } = local;
  const rules = { ...environmentNamed(world, like), name: DRILL };
  const context = chooseContext(rules, asked, await knownContexts(world));
  const kubectl = new Kubectl(context, namespaceOf(rules), world.execute);
  await nodesOf(kubectl);
  return kubectl;
}

/** The world with the drill's environment in it, which shows no results but its own. */
const worldOf = (world: World, context: string, image: string): World => ({
  ...world,
  environments: [...world.environments, drillEnvironment(context, image)],
  terminal: world.terminal.withoutResults(),
});
