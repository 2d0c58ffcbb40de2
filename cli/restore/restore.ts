import { size } from '../backup/words';
import { complaint, type PodShell } from '../cluster/pod-shell';
import { typed } from '../manage/application-commands';
import { type Consent, confirm } from '../terminal/confirm';
import { CliError, InterruptedError } from '../terminal/errors';
import { Databases, freshName, keptName } from './databases';
import { mustHaveRoom, whileThereIsRoom } from './disk-space';
import { rebuildIndex, type Schema, schemaOf } from './django';
import { describeRows, differences, inShort, parseRows, type Rows } from './rows';
import { fillScript } from './scripts/scripts';
import { type Exclusive, exclusively, type PostgresSite, refuseWhileInUse } from './site';
import type { Supply } from './source';

export interface Request extends Consent {
  /** SQL that runs in the restored database before it is used. */
  readonly scrub?: string;
  /** `--any-schema` */
  readonly anySchema: boolean;
}

/**
 * Restores a dump into a database beside the live one, checks that every row has arrived, and swaps the two. The old one is kept.
 * Until the swap the live database is unchanged, whatever fails.
 */
export async function restore(site: PostgresSite, supply: Supply, request: Request): Promise<void> {
  const { world, environment, kubectl, shell } = site;
  const { terminal } = world;
  const databases = new Databases(shell);
  const before = await databases.before(environment.name);
  await mustHaveRoom(kubectl, environment.name, supply.bytes, before.databases);
  await refuseWhileInUse(site);

  const kept = keptName(world.now());
  terminal.say(`The database of ${environment.name}: ${inShort(before.rows)}, ${size(before.live.bytes)}`);
  if (before.rows.size > 0) terminal.say(describeRows(before.rows));
  await confirm(
    world,
    environment,
    request,
    `its database, on ${kubectl.context}, is replaced by ${supply.about} (${size(supply.bytes)}). ` +
      `Changes since that dump are no longer visible. The old database is kept as ${kept}`,
  );

  await exclusively(site, databases, async (work) => {
    const { rows, schema } = await swapped(site, work, supply, request, kept);
    await afterwards(site, work.django, schema, () =>
      terminal.print(
        `${environment.name} has ${supply.about}: ${inShort(rows)}\n` +
          `kept: ${kept} (--undo swaps back, --forget ${kept} drops it)`,
      ),
    );
  });
}

/** Everything up to the swap. If that is not reached, the new database is dropped. */
async function swapped(
  { world, kubectl, shell }: PostgresSite,
  { lease, databases, django }: Exclusive,
  supply: Supply,
  { scrub, anySchema }: Request,
  kept: string,
): Promise<{ rows: Rows; schema: Schema }> {
  const { terminal } = world;
  const fresh = freshName(world.now());
  const roomy = <T>(work: () => Promise<T>) => whileThereIsRoom(kubectl, () => databases.drop(fresh), work);
  try {
    await databases.create(fresh, `restored from ${supply.about}`);
    const expected = await terminal.step(`restore ${supply.about} into ${fresh}`, () =>
      roomy(() => fill(shell, fresh, supply)),
    );
    const rows = await terminal.step('count the rows', async () =>
      verified(expected, await databases.rows(fresh)),
    );
    if (scrub !== undefined)
      await terminal.step('scrub', () => roomy(() => scrubbed(databases, fresh, scrub)));
    await terminal.step('give rights, gather statistics', () => databases.finish(fresh));
    const schema = await terminal.step('compare with the code', () => schemaOf(django, fresh, anySchema));
    const now = scrub === undefined ? rows : await databases.rows(fresh);
    lease.check();
    await terminal.step('swap', () => databases.swap(kept, fresh));
    return { rows: now, schema };
  } catch (error) {
    await terminal
      .step(`remove ${fresh}`, () => databases.drop(fresh))
      .catch(() => terminal.say(`${fresh} is left on the server; the next restore removes it`));
    if (error instanceof InterruptedError) {
      throw new InterruptedError(
        'Interrupted before the swap: the live database is unchanged. Run it again to restore.',
      );
    }
    throw error;
  }
}

/** @throws CliError unless every row of the dump is in the database */
function verified(expected: Rows, found: Rows): Rows {
  const wrong = differences(expected, found);
  if (wrong.length === 0 && found.size > 0) return found;
  throw new CliError(
    found.size === 0
      ? 'the dump holds no table'
      : `what was restored is not what was dumped: ${wrong.join('; ')}`,
    'The live database is unchanged. Try another dump',
  );
}

async function scrubbed(databases: Databases, fresh: string, sql: string): Promise<void> {
  await databases.scrub(fresh, sql).catch((error: Error) => {
    if (error instanceof InterruptedError) throw error;
    throw new CliError(
      `the scrub failed: ${error.message}`,
      'The live database is unchanged. Fix the SQL file',
    );
  });
}

/** After the swap: the site already has the data. The index follows, unless its tables must be migrated first. */
export async function afterwards(
  site: PostgresSite,
  django: PodShell,
  { pending }: Schema,
  print: () => void,
): Promise<void> {
  const { world, environment } = site;
  print();
  const { index } = environment.application;
  if (pending.length > 0) {
    world.terminal.say(
      `The dump is older than the code, and lacks ${pending.length} migrations (${pending[0]}, …).\n` +
        `Now run: npx coped migrate ${environment.name}   # it builds the search index as well`,
    );
    return;
  }
  if (!index || !environment.elasticsearch) return;
  const again = typed(site, index);
  try {
    const rows = await rebuildIndex(site, django, index);
    world.terminal.say(
      rows === undefined
        ? 'The search index is rebuilt. Nothing was counted: the application has no command for that.'
        : `The search index has all ${rows} rows.`,
    );
  } catch (error) {
    if (error instanceof InterruptedError) {
      throw new InterruptedError(
        `The database is restored, the search index is the old one. Rebuild it: ${again}`,
      );
    }
    throw new CliError(
      `the database is restored, but the search index may be incomplete: ${(error as Error).message}`,
      `Rebuild it: ${again}`,
    );
  }
}

/** Seconds after which a restore times out. */
const LONG = 6 * 3600;
const AGAIN =
  'The live database is unchanged. See which dumps there are: npx coped backup <environment> list';

/**
 * Fills an empty database from a dump.
 * @returns the rows that are in the dump, counted on the way
 * @throws CliError if the dump is broken, or not all of it arrived
 */
async function fill(shell: PodShell, database: string, { about, path, open }: Supply): Promise<Rows> {
  const sending = open?.();
  // The sender must not wait forever for a reader that has gone.
  const stop = () => sending?.stream.destroy();
  const { code, stdout, stderr } = await shell
    .attempt(['bash', '-euc', fillScript(), 'fill', database, path ?? '-'], {
      within: LONG,
      ...(sending && { input: sending.stream }),
    })
    .catch((error) => {
      stop();
      throw error;
    });
  const broken = sending?.stream.errored;
  if (broken) throw new CliError(`${about} did not arrive: ${broken.message}`, AGAIN);
  if (code !== 0) {
    stop();
    throw new CliError(`${about} cannot be restored: ${reason(stderr)}`, AGAIN);
  }
  const arrived = /^sha256 (\w{64})$/m.exec(stdout)?.[1];
  if (sending && arrived !== (await sending.checksum())) {
    throw new CliError(`${about}: what arrived is not what was sent; the checksums differ`, AGAIN);
  }
  return parseRows(stdout);
}

/** The first complaint is the cause; those that follow it are its effects. */
const reason = (text: string): string => complaint(text).split('\n').slice(0, 3).join('\n  ');
