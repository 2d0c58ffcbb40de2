import type { Environment } from '../../lib/environments/environment';
import type { Kubectl } from '../cluster/kubectl';
import type { Held } from '../cluster/lease/renewal';
import { type Health, watchRollout } from '../cluster/rollout/watch';
import { isAwaited, nameOf } from '../cluster/rollout/workloads';
import { isReadByPods } from '../release/ownership';
import { conclude, forgetOld, remember } from '../release/records';
import type { Release } from '../release/release';
import type { View } from '../release/view';
import { CliError, InterruptedError } from '../terminal/errors';
import type { World } from '../world';
import { apply } from './apply';
import { prune } from './prune';

export interface Deployed extends Health {
  /** The number of the release. */
  readonly number: number;
}

/**
 * Brings a release into the cluster. Every step may be done twice: whatever ends it half way, the next run takes it up.
 * @throws CliError with the cause and the way back
 */
export async function carryOut(
  world: World,
  kubectl: Kubectl,
  environment: Environment,
  release: Release,
  view: View,
  lease: Held,
): Promise<Deployed> {
  const { terminal, now } = world;
  const { name } = environment;
  const left = view.left.map(({ object }) => object);
  lease.check();
  const number = await remember(kubectl, view.records, release, left, now());
  const back = wayBack(view, name);
  try {
    lease.check();
    const remarks = await terminal.step(`Applying release ${number}`, () =>
      apply(kubectl, release.manifests, view.live),
    );
    if (remarks.trim()) terminal.say(remarks.trim());
    lease.check();
    await prune(
      kubectl,
      name,
      view.pruned.filter((object) => !isReadByPods(object)),
    );
    const health = await watchRollout(world, kubectl, {
      environment,
      workloads: release.manifests.filter(isAwaited).map(nameOf),
      next: back,
    });
    lease.check();
    // Pods of the release before may still read these: they serve until the migration is through.
    if (health.waiting.length === 0) await prune(kubectl, name, view.pruned.filter(isReadByPods));
    await conclude(kubectl, number, 'deployed');
    if (health.waiting.length === 0) await forgetOld(kubectl);
    return { number, ...health };
  } catch (error) {
    if (error instanceof InterruptedError) {
      throw new InterruptedError(
        `Interrupted while release ${number} was on its way in. The same command takes it up again. ${back}`,
      );
    }
    // If that cannot be noted either, it counts as one that did not get to its end.
    await conclude(kubectl, number, 'failed').catch(() => {});
    if (error instanceof CliError) throw error;
    throw new CliError(
      `release ${number} did not get to its end: ${(error as Error).message.split('\n').at(-1)}`,
      `Run it again: it takes up where it stopped. ${back}`,
    );
  }
}

const wayBack = ({ records }: View, name: string): string =>
  records.some(({ status }) => status === 'deployed')
    ? `Or go back to the release before: \`npx coped deploy ${name} --rollback\``
    : '';
