import type { Held } from '../cluster/lease/renewal';
import { type Health, watchRollout } from '../cluster/rollout/watch';
import { isAwaited, nameOf } from '../cluster/rollout/workloads';
import type { Site } from '../cluster/site';
import { isReadByPods } from '../release/ownership';
import { conclude, deployedOf, forgetOld, remember } from '../release/records';
import type { Release } from '../release/release';
import type { View } from '../release/view';
import { CliError, InterruptedError } from '../terminal/errors';
import { apply, prune } from './apply';

export interface Deployed extends Health {
  /** The number of the release. */
  readonly number: number;
}

/**
 * Applies a release and waits until it is ready. Every step may be repeated: after an interruption the next run continues.
 * @throws CliError with the cause and how to roll back
 */
export async function applyRelease(
  { world, kubectl, environment }: Site,
  release: Release,
  view: View,
  lease: Held,
): Promise<Deployed> {
  const { terminal, now } = world;
  const { name } = environment;
  const left = view.left.map(({ object }) => object);
  lease.check();
  const number = await remember(kubectl, view.records, release, left, now());
  const back =
    deployedOf(view.records).length > 0
      ? `Or go back to the release before: \`npx coped deploy ${name} --rollback\``
      : '';
  try {
    lease.check();
    const warnings = await terminal.step(`Applying release ${number}`, () =>
      apply(kubectl, release.manifests, view.live),
    );
    if (warnings.trim()) terminal.say(warnings.trim());
    lease.check();
    await prune(
      kubectl,
      name,
      view.pruned.filter((object) => !isReadByPods(object)),
    );
    const workloads = release.manifests.filter(isAwaited).map(nameOf);
    const health = await watchRollout(world, kubectl, { environment, workloads, next: back });
    lease.check();
    // Pods of the previous release may still read these: they serve until the migration has run.
    if (health.waiting.length === 0) await prune(kubectl, name, view.pruned.filter(isReadByPods));
    await conclude(kubectl, number, 'deployed');
    if (health.waiting.length === 0) await forgetOld(kubectl);
    return { number, ...health };
  } catch (error) {
    if (error instanceof InterruptedError) {
      throw new InterruptedError(
        `Interrupted before release ${number} was complete. The same command continues it. ${back}`,
      );
    }
    // If that cannot be recorded either, it counts as pending.
    await conclude(kubectl, number, 'failed').catch(() => {});
    if (error instanceof CliError) throw error;
    throw new CliError(
      `release ${number} was not completed: ${(error as Error).message.split('\n').at(-1)}`,
      `Run it again: it continues where it stopped. ${back}`,
    );
  }
}
