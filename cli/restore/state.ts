import { runningJob } from '../backup/now';
import type { Kubectl } from '../cluster/kubectl';
import { CliError, RefusedError } from '../terminal/errors';
import type { Database, Databases } from './databases';
import { LIVE } from './names';
import { type Rows, sum } from './rows';

/** What is there before anything happens. */
export interface Before {
  readonly databases: readonly Database[];
  readonly live: Database;
  readonly rows: Rows;
}

/** @throws CliError if there is no live database */
export async function lookAt(databases: Databases, environment: string): Promise<Before> {
  const all = await databases.list();
  const live = all.find(({ name }) => name === LIVE);
  if (!live) {
    throw new CliError(
      `PostgreSQL has no database "${LIVE}"; it has: ${all.map(({ name }) => name).join(', ') || 'none of ours'}`,
      `Deploying makes it: npx coped deploy ${environment}`,
    );
  }
  return { databases: all, live, rows: await databases.rows(LIVE) };
}

/**
 * A dump that is being written would be cut off, and a migration would go on in a database that is no longer live.
 * @throws RefusedError
 */
export async function mustBeQuiet(kubectl: Kubectl): Promise<void> {
  for (const component of ['backup', 'migrate']) {
    const job = await runningJob(kubectl, component);
    if (!job) continue;
    throw new RefusedError(
      `Job ${job} uses the database right now`,
      `Wait for it: \`${kubectl.typed('logs', '--follow', `job/${job}`)}\``,
    );
  }
}

const SHOWN = 12;

/** Tables and their rows, the largest first. */
export function describeRows(rows: Rows): string {
  const filled = [...rows].filter(([, number]) => number > 0).sort((a, b) => b[1] - a[1]);
  const lines = filled.slice(0, SHOWN).map(([table, number]) => `  ${String(number).padStart(9)}  ${table}`);
  const rest = filled.length > SHOWN ? [`             and ${filled.length - SHOWN} tables more`] : [];
  return [...lines, ...rest].join('\n');
}

export const inShort = (rows: Rows): string => `${rows.size} tables, ${sum(rows)} rows`;
