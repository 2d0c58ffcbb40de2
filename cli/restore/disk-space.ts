import { size } from '../backup/words';
import type { Kubectl } from '../cluster/kubectl';
import { CliError, InterruptedError, RefusedError } from '../terminal/errors';
import { type Database, isKept } from './databases';

/**
 * What a dump grows to as a database at the least, with its indexes. Dumps are compressed: measured were 5 times (sessions) to 30
 * times (tables of numbers). So this refuses what cannot fit; what does not fit in the end, `whileThereIsRoom` notices.
 */
const FACTOR = 5;

const MEBIBYTE = 1024 ** 2;
/** What PostgreSQL must keep free: a twentieth, within limits. On a full disk it stops, and the site with it. */
const reserve = (bytes: number): number => Math.min(Math.max(bytes / 20, 64 * MEBIBYTE), 1024 * MEBIBYTE);

/** @throws RefusedError if the database's disk has no room for a second database */
export async function mustHaveRoom(
  kubectl: Kubectl,
  environment: string,
  bytes: number,
  databases: readonly Database[],
): Promise<void> {
  const { free, total } = await diskOf(kubectl);
  const needed = bytes * FACTOR + reserve(total);
  if (free >= needed) return;
  const kept = databases.filter(({ name }) => isKept(name));
  const forget = kept.map(
    (database) =>
      `\n  npx coped restore ${environment} --forget ${database.name}   # ${size(database.bytes)}`,
  );
  throw new RefusedError(
    `the database's disk has ${size(free)} free, and a second database beside the live one may take ${size(needed)}`,
    kept.length > 0
      ? `Free space: drop databases that earlier restores kept:${forget.join('')}`
      : 'Grow the claim data-postgres-0 first: docs/clusters.md#grow-a-volume',
  );
}

/**
 * Runs what fills the disk, as long as PostgreSQL keeps its reserve.
 * @param giveUp makes `work` fail, and frees what it has taken
 * @throws CliError if it was stopped
 */
export async function whileThereIsRoom<T>(
  kubectl: Kubectl,
  giveUp: () => Promise<unknown>,
  work: () => Promise<T>,
  every = EVERY,
): Promise<T> {
  let tight: number | undefined;
  const look = async () => {
    const { free, total } = await diskOf(kubectl);
    if (free >= reserve(total) || tight !== undefined) return;
    tight = free;
    await giveUp();
  };
  // A look that fails says nothing; the next is soon.
  const timer = setInterval(() => look().catch(() => {}), every).unref();
  try {
    return await work();
  } catch (error) {
    if (tight === undefined || error instanceof InterruptedError) throw error;
    throw new CliError(
      `the database's disk was about to be full (${size(tight)} free), so the restore was stopped`,
      'The live database is unchanged. Grow the claim data-postgres-0 first: docs/clusters.md#grow-a-volume',
    );
  } finally {
    clearInterval(timer);
  }
}

/** Milliseconds between two looks. */
const EVERY = 2000;

async function diskOf(kubectl: Kubectl): Promise<{ free: number; total: number }> {
  const command = ['sh', '-euc', 'df --output=avail,size -B1 "$PGDATA"'];
  const text = await kubectl.run(['exec', 'postgres-0', '--container=postgres', '--', ...command]);
  const [free = 0, total = 0] = (text.trim().split('\n').at(-1) ?? '').trim().split(/\s+/).map(Number);
  return { free, total };
}
