import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kubectl } from '../../../../cli/cluster/kubectl';
import { until } from '../../../../cli/cluster/waiting';
import { withFolder } from '../../folder';
import { askPostgres } from '../../hosted/access';
import { model } from '../../hosted/environment';
import type { Suite } from '../../step';
import { coped, expectEnd } from '../program/in-process';

const PERSON = 'e2e-backup-person';
const INSERT = `INSERT INTO auth_user (username, password, email, first_name, last_name, is_superuser, is_staff, is_active,
  date_joined) VALUES ('${PERSON}', 'x', 'person@example.org', '', '', false, false, true, now())`;
const LATER = `INSERT INTO projects_project (title, summary, organisation, started, funding, modified)
  VALUES ('After the dump', '', '', 2026, 1, now())`;
const CLEAN = `DELETE FROM auth_user WHERE username = '${PERSON}'; DELETE FROM projects_project WHERE title = 'After the dump'`;
const AFTER = "SELECT count(*) FROM projects_project WHERE title = 'After the dump'";
const OURS = "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database WHERE datname LIKE 'coped%'";

const { name } = model.environment;

/** A database with a person in it, a dump of it, and a project that came later. */
export interface Stage {
  readonly kubectl: Kubectl;
  /** A folder that goes with the stage, and the dump in it. */
  readonly folder: string;
  readonly file: string;
  /** The name of the dump on the claim. */
  readonly dump: string;
  readonly sql: (text: string) => Promise<string>;
  /** `coped restore` with these words, agreed to. */
  readonly restore: (...words: string[]) => readonly string[];
  /** How many rows came after the dump. */
  readonly later: () => Promise<string>;
  readonly databases: () => Promise<string>;
  /** @throws Error unless the database is unchanged, and no pod is left */
  readonly untouched: () => Promise<void>;
}

export const withDump = (suite: Suite, task: (stage: Stage) => Promise<void>): Promise<void> =>
  withFolder(async (folder) => {
    const { report } = suite;
    const kubectl = suite.kubectl.in(model.namespace);
    const sql = (text: string) => askPostgres(kubectl, text);
    const [later, databases] = [() => sql(AFTER), () => sql(OURS)];
    const yes = ['--yes', '--context', kubectl.context];
    const restore = (...words: string[]) => ['restore', name, ...words, ...yes];
    const file = join(folder, 'x.dump');
    const podLeft = async () =>
      (await kubectl.exists('pods', '--selector=coped.org/one-off=restore')) ? 'still there' : undefined;
    const untouched = async () => {
      const [there, rows] = [await databases(), await later()];
      if (there !== 'coped' || rows !== '1') throw new Error(`databases: ${there}; rows: ${rows}`);
      await until(report, 'the pod of restore to go', podLeft, { within: 30 });
    };
    try {
      await sql(CLEAN);
      await sql(INSERT);
      let dump = '';
      await report.check('a dump is taken, and named on standard output', async () => {
        const ended = await coped(['backup', name]);
        expectEnd(ended, 0, /^wrote /m);
        dump = ended.output.trim();
        return dump;
      });
      await report.check('it is listed, and fetched with its checksum; nothing is overwritten', async () => {
        const [latest] = JSON.parse((await coped(['backup', name, 'list', '--json'])).output);
        const fetch = ['backup', name, 'fetch', dump, '--to', file];
        expectEnd(await coped(fetch), 0);
        const { length } = await readFile(file);
        if (latest.name !== dump || latest.bytes !== length)
          throw new Error(`${JSON.stringify(latest)}, ${length}`);
        return expectEnd(await coped(fetch), 2, /already exists/);
      });
      await sql(LATER);
      await task({ kubectl, folder, file, dump, sql, restore, later, databases, untouched });
    } finally {
      await sql(CLEAN);
    }
  });
