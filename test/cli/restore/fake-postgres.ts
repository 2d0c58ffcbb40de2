import type { Readable } from 'node:stream';
import {
  fillScript,
  reachedScript,
  rightsSql,
  schemaProgram,
  swapScript,
} from '../../../cli/restore/scripts/scripts';
import { clusterWith, sha256 } from '../backup/fake-claim';
import type { FakeCluster } from '../fake-cluster';
import type { Call, FakeWorld } from '../fake-world';

type Rows = Record<string, number>;
export interface Kept {
  rows: Rows;
  about: string | null;
  rights: boolean;
}

/** Staging with a PostgreSQL server and Django, as far as a restore uses them. */
export class FakePostgres {
  readonly databases = new Map<string, Kept>();
  readonly cluster: FakeCluster;
  /** Dumps on the claim: what is in them. A broken one has nothing. */
  dumps: Record<string, Rows | undefined> = {};
  /** What the code lacks and does not know, by database. */
  unknown: Record<string, string[]> = {};
  pending: string[] = [];
  free = 1e12;
  total = 1e12;
  /** Rows that get lost on their way. */
  lost = 0;
  indexed: number | undefined;
  /** No network policy knows the restore's pod yet. */
  private refused = true;
  /** What the scrub was given. */
  scrubbed: string | undefined;

  constructor(live: Rows) {
    this.databases.set('coped', { rows: live, about: null, rights: true });
    const rows = () => this.databases.get('coped')?.rows['public.project'];
    const dumps = () => Object.fromEntries(Object.keys(this.dumps).map((name) => [name, 'dump']));
    this.cluster = clusterWith(dumps)
      .when(/^create --filename=-$/, ({ options }) => {
        if (/"name":"restore-\w+"/.test(String(options.input))) this.refused = true;
        return undefined;
      })
      .when(/^get --output=json pods --selector=coped.org\/one-off in/, () => ({
        items: this.pods.map((name) => ({ metadata: { name } })),
      }))
      .when(/^exec postgres-0 .* df --output/, () => `Avail 1B-blocks\n${this.free} ${this.total}\n`)
      .when(/^exec \S+ -- python -c/, '')
      .when(/^exec \S+ -- python manage.py search_index$/, () => {
        this.indexed = rows();
        return '';
      })
      .when(/^exec \S+ -- python manage.py search_index --check$/, () => ({
        rows: rows(),
        documents: this.indexed,
      }))
      .when(/^exec \S+ -- env.* python manage.py shell/, ({ line }) =>
        line.endsWith(schemaProgram()) ? this.schema(line) : undefined,
      )
      .when(/^exec .*-- bash -euc/, (call) => this.script(call));
  }

  /** The names of pods that are left. */
  get pods(): string[] {
    return this.cluster.objects.filter(({ kind }) => kind === 'Pod').map(({ metadata }) => metadata.name);
  }

  world(): FakeWorld {
    return this.cluster.world();
  }

  private schema(command: string) {
    const name = /COPED_DATABASE=(\S+)/.exec(command)?.[1] ?? '';
    const unknown = this.unknown[name.replace(/\d.*/, '')] ?? [];
    return `12 objects imported automatically\n${JSON.stringify({ pending: this.pending, unknown })}\n`;
  }

  private script({ args, options }: Call) {
    const at = args.indexOf('-euc') + 1;
    const [text, , ...rest] = args.slice(at) as [string, string, ...string[]];
    if (text === reachedScript()) {
      this.refused = false;
      return '';
    }
    if (this.refused)
      return { code: 2, stderr: 'psql: error: connection to server failed: Connection refused' };
    if (text === fillScript()) return this.fill(rest[0] ?? '', rest[1] ?? '', options.input as Readable);
    if (text === swapScript()) return this.swap(...(rest as [string, string, string]));
    return this.sql(rest[2] ?? '', String(options.input), rest.slice(3));
  }

  private sql(database: string, sql: string, options: readonly string[]) {
    const made = /CREATE DATABASE "(\w+)"[\s\S]*IS '(.*)';/.exec(sql);
    if (made) {
      this.databases.set(made[1] as string, { rows: {}, about: made[2] as string, rights: false });
      return '';
    }
    const dropped = /^DROP DATABASE IF EXISTS "(\w+)" WITH \(FORCE\);$/.exec(sql)?.[1];
    if (dropped) {
      this.databases.delete(dropped);
      return '';
    }
    if (sql.includes('pg_database_size')) {
      return [...this.databases].map(([name, { about }]) => ({ name, bytes: 9e6, about }));
    }
    const found = this.databases.get(database);
    if (!found) return { code: 2, stderr: `psql: error: database "${database}" does not exist` };
    if (sql.includes('\\gexec')) {
      return {
        stdout: Object.entries(found.rows)
          .map(([table, rows]) => `${rows} ${table}\n`)
          .join(''),
      };
    }
    if (sql === rightsSql()) found.rights = options.includes(`--set=database=${database}`);
    if (options.includes('--single-transaction')) {
      if (sql.includes('BROKEN'))
        return {
          code: 3,
          stderr: 'psql:<stdin>:1: ERROR:  syntax error\ncommand terminated with exit code 3\n',
        };
      this.scrubbed = sql;
    }
    return '';
  }

  private fill(name: string, path: string, input: Readable | undefined) {
    const rows = path === '-' ? { 'public.project': 5 } : this.dumps[path.replace('/backup/', '')];
    input?.resume();
    if (!rows) return { code: 1, stderr: 'pg_restore: error: could not read from input file: end of file\n' };
    const found = this.databases.get(name) as Kept;
    found.rows = { ...rows };
    if (this.lost) found.rows['public.project'] = (rows['public.project'] ?? 0) - this.lost;
    const lines = Object.entries(rows).map(([table, number]) => `${number} ${table}`);
    return { stdout: [`sha256 ${sha256('dump')}`, ...lines, ''].join('\n') };
  }

  private swap(live: string, kept: string, next: string) {
    const [before, after] = [this.databases.get(live), this.databases.get(next)];
    if (!before || !after || this.databases.has(kept)) return { code: 3, stderr: 'ERROR:  cannot rename' };
    this.databases.set(kept, before);
    this.databases.set(live, after);
    this.databases.delete(next);
    return '';
  }
}
