import type { Command } from '../../lib/application';
import type { PodShell } from '../cluster/pod-shell';
import type { Site } from '../cluster/site';
import { until } from '../cluster/waiting';
import { countedIn } from '../manage/application-commands';
import { CliError } from '../terminal/errors';
import { LIVE } from './databases';
import { schemaProgram } from './scripts/scripts';

/** Runs a program in Django's shell, with these variables. */
export const runInDjango = (
  django: PodShell,
  program: string,
  variables: readonly string[] = [],
): Promise<string> => django.run(['env', ...variables, 'python', 'manage.py', 'shell', '--command', program]);

/** The same. @returns the JSON that the program prints last: the shell has remarks of its own */
export const askDjango = async <T>(...call: Parameters<typeof runInDjango>): Promise<T> =>
  JSON.parse((await runInDjango(...call)).trim().split('\n').at(-1) ?? '');

/** How a database's tables fit the code that runs. */
export interface Schema {
  /** Migrations that it lacks. */
  readonly pending: readonly string[];
  /** Migrations that it has and the code does not know. */
  readonly unknown: readonly string[];
}

/**
 * Compares a restored database with the code. Migrations that the live database also has without the code knowing them (they
 * were squashed, or their application was removed) do not make the dump newer.
 * @throws CliError if it is newer than the code
 */
export async function schemaOf(django: PodShell, database: string, anySchema: boolean): Promise<Schema> {
  const [{ pending, unknown }, live] = (await Promise.all(
    [database, LIVE].map((name) => askDjango<Schema>(django, schemaProgram(), [`COPED_DATABASE=${name}`])),
  )) as [Schema, Schema];
  const newer = unknown.filter((migration) => !live.unknown.includes(migration));
  if (newer.length > 0 && !anySchema) {
    throw new CliError(
      `the dump is newer than the code that runs, which does not know: ${newer.slice(0, 5).join(', ')}`,
      'The live database is unchanged. Deploy the release that the dump was made with, then restore; --any-schema restores it anyway',
    );
  }
  return { pending, unknown: newer };
}

/** Rebuilds the search index, and checks that it has every row. @returns their number; undefined if the application counts nothing */
export async function rebuildIndex(
  { world: { terminal, signal }, environment }: Site,
  django: PodShell,
  index: Command,
): Promise<number | undefined> {
  const { counted } = environment.application;
  return terminal.step('rebuild the search index', async (step) => {
    await django.run(index, { within: 3600 });
    if (!counted) return undefined;
    let found: ReturnType<typeof countedIn>;
    // A row may be saved meanwhile: then the two are counted at different moments.
    const missing = async () => {
      found = countedIn(await django.run(counted));
      if (!found) return 'a count from the application';
      const { rows, documents } = found;
      return rows === documents ? undefined : `${documents ?? 'no'} documents for ${rows} rows`;
    };
    await until(step, 'the search index', missing, { within: 30, signal });
    return found?.rows;
  });
}
