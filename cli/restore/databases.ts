import { stamp } from '../backup/words';
import { complaint, type PodShell } from '../cluster/pod-shell';
import { CliError } from '../terminal/errors';
import { parseRows, type Rows } from './rows';
import { rightsSql, sqlScript, swapScript } from './scripts/scripts';

/** The database that the site uses. */
export const LIVE = 'coped';

/** A database that is being filled; what is left of it belongs to a restore that was cut short. */
export const freshName = (now: Date): string => `coped_restoring_${stamp(now)}`;
export const isFresh = (name: string): boolean => /^coped_restoring_\d{8}t\d{6}$/.test(name);

/** What was live until a restore at this moment. */
export const keptName = (now: Date): string => `coped_before_${stamp(now)}`;
export const isKept = (name: string): boolean => /^coped_before_\d{8}t\d{6}$/.test(name);

export interface Database {
  readonly name: string;
  readonly bytes: number;
  /** Where it comes from; the first one has no record of it. */
  readonly about: string | null;
}

/** What is there before anything happens. */
export interface Before {
  readonly databases: readonly Database[];
  readonly live: Database;
  readonly rows: Rows;
}

const SUPERUSER = ['superuser', 'postgres'];
const OWNER = ['owner', 'coped_owner'];

const LIST = `
SELECT coalesce(json_agg(json_build_object('name', datname, 'bytes', pg_database_size(oid),
  'about', shobj_description(oid, 'pg_database')) ORDER BY datname), '[]')
FROM pg_database WHERE datname ~ '^${LIVE}(_[a-z]+_[0-9]+t[0-9]+)?$';`;

const ROWS = `
SELECT format('SELECT count(*) || '' '' || %L FROM %s', name, name)
FROM (SELECT quote_ident(nspname) || '.' || quote_ident(relname) AS name
  FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
  WHERE relkind = 'r' AND nspname !~ '^pg_' AND nspname <> 'information_schema') AS tables
ORDER BY name \\gexec`;

/** Seconds for what may take as long as there is data. */
const LONG = 6 * 3600;

/** The server's databases, asked from inside the restore's pod. Names are our own or were checked. */
export class Databases {
  constructor(private readonly shell: PodShell) {}

  /** COPED's: the live one, those that are kept, and what a restore has left. */
  async list(evenIfInterrupted = false): Promise<Database[]> {
    return JSON.parse(await this.sql(SUPERUSER, 'postgres', LIST, 120, evenIfInterrupted));
  }

  /** @throws CliError if there is no live database */
  async before(environment: string): Promise<Before> {
    const databases = await this.list();
    const live = databases.find(({ name }) => name === LIVE);
    if (live) return { databases, live, rows: await this.rows(LIVE) };
    throw new CliError(
      `PostgreSQL has no database "${LIVE}"; it has: ${databases.map(({ name }) => name).join(', ') || 'none of ours'}`,
      `Deploying creates it: npx coped deploy ${environment}`,
    );
  }

  async rows(name: string): Promise<Rows> {
    return parseRows(await this.sql(SUPERUSER, name, ROWS, LONG));
  }

  /** An empty one that only its owner may enter. Never cut short: it would be there in the end all the same. */
  create(name: string, about: string): Promise<string> {
    const sql = `
      CREATE DATABASE "${name}" OWNER coped_owner TEMPLATE template0;
      REVOKE ALL ON DATABASE "${name}" FROM PUBLIC;
      COMMENT ON DATABASE "${name}" IS '${about.replaceAll("'", "''")}';`;
    return this.sql(SUPERUSER, 'postgres', sql, 120, true);
  }

  /** Ends every session in it. */
  drop(name: string): Promise<string> {
    return this.sql(SUPERUSER, 'postgres', `DROP DATABASE IF EXISTS "${name}" WITH (FORCE);`, 120, true);
  }

  /** Runs the user's SQL as the owner of the tables: all of it, or nothing. */
  scrub(name: string, sql: string): Promise<string> {
    return this.sql([...OWNER, name, '--single-transaction', '--file=-'], undefined, sql, LONG);
  }

  /** Rights as the release has them, and the statistics without which PostgreSQL plans badly. */
  async finish(name: string): Promise<void> {
    const variable = `--set=database=${name}`;
    await this.sql([...SUPERUSER, name, variable, '--file=-'], undefined, rightsSql(), LONG);
    await this.sql(SUPERUSER, name, 'ANALYZE;', LONG);
  }

  /**
   * Makes `next` the live database; the live one is kept under another name. It is too short to be cut short, and what counts is
   * what is there afterwards: a connection may break after the swap.
   */
  async swap(kept: string, next: string): Promise<void> {
    const command = ['bash', '-euc', swapScript(), 'swap', LIVE, kept, next];
    const { stderr } = await this.shell.attempt(command, { evenIfInterrupted: true });
    const names = (await this.list(true)).map(({ name }) => name);
    if (names.includes(LIVE) && names.includes(kept) && !names.includes(next)) return;
    throw new CliError(
      `the databases could not be swapped: ${complaint(stderr)}`,
      `The live database is unchanged. Databases: ${names.join(', ')}`,
    );
  }

  private sql(
    login: readonly string[],
    database: string | undefined,
    sql: string,
    within = 120,
    evenIfInterrupted = false,
  ): Promise<string> {
    const args = database === undefined ? login : [...login, database];
    return this.shell.script(sqlScript(), args, { input: sql, within, evenIfInterrupted });
  }
}
