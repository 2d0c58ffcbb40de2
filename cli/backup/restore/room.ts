import type { Kubectl } from '../../cluster/kubectl';
import { Refusal } from '../../failure';
import { size } from '../words';
import type { Database } from './databases';
import { isKept } from './names';

/**
 * What a dump may grow to as a database, with its indexes and the log that PostgreSQL writes meanwhile. Dumps are compressed:
 * Django's small rows take ten times as much, long texts half of that.
 */
const FACTOR = 10;
/** What PostgreSQL needs for an empty database, and must keep free for itself: on a full disk it stops. */
const BASE = 64 * 1024 ** 2;

/** @throws Refusal if the database's disk has no room for a second database */
export async function mustHaveRoom(
  kubectl: Kubectl,
  environment: string,
  bytes: number,
  databases: readonly Database[],
): Promise<void> {
  const free = await freeOn(kubectl);
  const needed = bytes * FACTOR + BASE;
  if (free >= needed) return;
  const kept = databases.filter(({ name }) => isKept(name));
  const forget = kept.map(
    (database) =>
      `\n  npx coped restore ${environment} --forget ${database.name}   # ${size(database.bytes)}`,
  );
  throw new Refusal(
    `the database's disk has ${size(free)} left, and a second database beside the live one may take ${size(needed)}`,
    kept.length > 0
      ? `Make room by dropping what earlier restores have kept:${forget.join('')}`
      : 'Grow the claim data-postgres-0 first: "Grow a volume" in docs/operations.md',
  );
}

async function freeOn(kubectl: Kubectl): Promise<number> {
  const command = ['sh', '-euc', 'df --output=avail -B1 "$PGDATA"'];
  const text = await kubectl.run(['exec', 'postgres-0', '--container=postgres', '--', ...command]);
  return Number(text.trim().split('\n').at(-1));
}
