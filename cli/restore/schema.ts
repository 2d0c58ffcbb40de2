import type { PodShell } from '../cluster/pod-shell';
import { CliError } from '../terminal/errors';
import { LIVE } from './names';
import { schemaProgram } from './scripts/scripts';

/** How a database's tables fit the code that runs. */
export interface Schema {
  /** Migrations that it lacks. */
  readonly pending: readonly string[];
  /** Migrations that it has and the code does not know. */
  readonly unknown: readonly string[];
}

const schemaIn = async (django: PodShell, database: string): Promise<Schema> => {
  const python = ['python', 'manage.py', 'shell', '--command', schemaProgram()];
  const text = await django.run(['env', `SQL_DATABASE=${database}`, ...python]);
  return JSON.parse(text.trim().split('\n').at(-1) ?? '');
};

/**
 * Compares a restored database with the code. What the live one has of migrations that the code has long forgotten (they
 * were squashed, or their application was removed) makes no newer schema.
 * @throws CliError if it is newer than the code
 */
export async function schemaOf(django: PodShell, database: string, anySchema: boolean): Promise<Schema> {
  const [{ pending, unknown }, live] = await Promise.all([
    schemaIn(django, database),
    schemaIn(django, LIVE),
  ]);
  const newer = unknown.filter((migration) => !live.unknown.includes(migration));
  if (newer.length > 0 && !anySchema) {
    throw new CliError(
      `the dump is newer than the code that runs, which does not know: ${newer.slice(0, 5).join(', ')}`,
      'The live database is as it was. Deploy the release that the dump was made with, then restore; --any-schema swaps all the same',
    );
  }
  return { pending, unknown: newer };
}
