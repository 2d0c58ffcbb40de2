import { randomBytes } from 'node:crypto';
import { RefusedError } from '../../terminal/errors';
import type { World } from '../../world';
import type { ApiObject, Kubectl } from '../kubectl';
import { until } from '../waiting';
import { isHeld, isOver, LASTS, NAME, nameOf, release, since, user, write } from './lease-object';
import { type Held, renewing } from './renewal';

/** Seconds in which a holder whose time is over may still show up: clocks of two machines differ. */
const WATCHED = 12;
/** Seconds that `--wait` waits. */
const PATIENCE = 1800;

export interface Waiting {
  /** Wait until it is free, instead of refusing. */
  readonly wait?: boolean;
}

/**
 * Does something that only one may do at a time. A Lease in the namespace says who is at it; it is renewed meanwhile, and runs
 * out by itself after a crash.
 *
 * @throws RefusedError if another user holds it
 */
export async function withLease<T>(
  world: Pick<World, 'terminal' | 'signal' | 'now' | 'environments'>,
  kubectl: Kubectl,
  { wait = false }: Waiting,
  work: (lease: Held) => Promise<T>,
): Promise<T> {
  const holder = `${user()} ${randomBytes(3).toString('hex')}`;
  let lease: ApiObject | undefined;
  const take = async (): Promise<string | undefined> => {
    const found = await kubectl.find('lease', NAME);
    if (found && isHeld(found) && !(await stayedSilent(world, kubectl, found))) {
      if (!wait) throw refusal(found);
      return `${nameOf(found)} to end, at work since ${since(found)}`;
    }
    lease = await write(kubectl, found, holder, world.now());
    return lease ? undefined : 'another command, which took the lease first';
  };
  const giveBack = () =>
    release(kubectl, holder).catch(() => {
      world.terminal.say(`The lease ${NAME} could not be given back; it runs out in ${LASTS} s.`);
    });
  await takeWhenFree(world, take, wait).catch(async (error) => {
    // It may be ours without our knowing: an answer was lost, or ctrl-C came first.
    if (!(error instanceof RefusedError)) await giveBack();
    throw error;
  });
  const renewal = renewing(kubectl, lease, holder, world);
  try {
    return await work(renewal);
  } finally {
    await renewal.stop();
    await giveBack();
  }
}

/** Before a confirmation: whether another user holds it already. */
export async function refuseIfHeld(kubectl: Kubectl, now: Date): Promise<void> {
  const found = await kubectl.find('lease', NAME);
  if (found && isHeld(found) && !isOver(found, now)) throw refusal(found);
}

/** @param take answers what it waits for; undefined once it has it */
async function takeWhenFree(
  { terminal, signal }: Pick<World, 'terminal' | 'signal'>,
  take: () => Promise<string | undefined>,
  wait: boolean,
): Promise<void> {
  if ((await take()) === undefined) return;
  if (!wait) {
    throw new RefusedError(
      'another command took the lease first',
      'Run it again when that one has ended: two at once would undo each other',
    );
  }
  await terminal.step('Waiting for our turn', (step) =>
    until(step, 'the other deploy', take, { within: PATIENCE, signal }),
  );
}

const refusal = (lease: ApiObject): RefusedError =>
  new RefusedError(
    `${nameOf(lease)} deploys this environment, since ${since(lease)}`,
    `Two at once would undo each other. Run it again when that one has ended; with --wait, \`npx coped deploy\` waits for it. If it has crashed, its lease expires after ${LASTS} s`,
  );

/** Whether the holder of a lease has gone without a word: nothing is heard of it while we watch. */
async function stayedSilent(
  { signal, terminal, now }: Pick<World, 'signal' | 'terminal' | 'now'>,
  kubectl: Kubectl,
  seen: ApiObject,
): Promise<boolean> {
  if (!isOver(seen, now())) return false;
  let looks = 0;
  let alive = false;
  await terminal.step(`Checking whether ${nameOf(seen)} is still at work`, (step) =>
    until(
      step,
      'a sign of life',
      async () => {
        const found = await kubectl.find('lease', NAME);
        alive = found?.metadata.resourceVersion !== seen.metadata.resourceVersion;
        looks += 1;
        return alive || looks > WATCHED ? undefined : `none for ${looks} s`;
      },
      { within: 60, signal },
    ),
  );
  return !alive;
}
