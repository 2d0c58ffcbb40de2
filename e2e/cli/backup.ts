import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../cli/cluster/waiting';
import { model } from '../hosted/environment';
import type { Model } from '../model';
import type { Step } from '../step';
import { coped, expectEnd } from './in-process';
import { askPostgres } from './postgres';

const SCRUB = join(__dirname, '..', '..', 'lib', 'components', 'backup', 'scrub.sql');
const PERSON = 'e2e-backup-person';
const INSERT = `INSERT INTO auth_user (username, password, email, first_name, last_name, is_superuser, is_staff, is_active,
  date_joined) VALUES ('${PERSON}', 'x', 'somebody@example.org', '', '', false, false, true, now())`;
const LATER = `INSERT INTO projects_project (title, summary, organisation, started, funding, modified)
  VALUES ('After the dump', '', '', 2026, 1, now())`;
const CLEAN = `DELETE FROM auth_user WHERE username = '${PERSON}'; DELETE FROM projects_project WHERE title = 'After the dump'`;
const EMAILS = "SELECT count(*) FROM auth_user WHERE email <> ''";
const AFTER = "SELECT count(*) FROM projects_project WHERE title = 'After the dump'";
const OURS = "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database WHERE datname LIKE 'coped%'";
/** A claim on which nothing has room. */
const FULL = { name: 'backup', emptyDir: { medium: 'Memory', sizeLimit: '8Ki' } };

/** `coped backup` and `coped restore`: a dump there and back, and what goes wrong on the way. */
export const backupOf = ({ environment, namespace }: Model): Step => ({
  name: 'coped-backup',
  about:
    'dumps taken, listed, fetched, restored beside the live database, undone; broken, too large, interrupted',
  needs: ['hosted-up'],
  async run({ kubectl, report }) {
    const scope = kubectl.in(namespace);
    const { name } = environment;
    const sql = (text: string) => askPostgres(scope, text);
    const yes = ['--yes', '--context', kubectl.context];
    const restore = (...words: string[]) => ['restore', name, ...words, ...yes];
    const folder = await mkdtemp(join(tmpdir(), 'coped-e2e-'));
    const file = join(folder, 'x.dump');
    const untouched = async () => {
      const [databases, after] = [await sql(OURS), await sql(AFTER)];
      if (databases !== 'coped' || after !== '1') throw new Error(`databases: ${databases}; rows: ${after}`);
      const pods = () => scope.exists('pods', '--selector=coped.org/one-off=restore');
      await until(report, 'its pod to go', async () => ((await pods()) ? 'still there' : undefined), {
        within: 30,
      });
    };
    try {
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
        return expectEnd(await coped(fetch), 2, /is there already/);
      });
      await report.check('a full claim: the Job fails, and says what to do', async () => {
        const path = '/spec/jobTemplate/spec/template/spec/volumes/0';
        const claim = (await scope.get('cronjob', 'backup')).spec.jobTemplate.spec.template.spec.volumes[0];
        const put = (value: object) =>
          scope.run([
            'patch',
            'cronjob',
            'backup',
            '--type=json',
            `--patch=${JSON.stringify([{ op: 'replace', path, value }])}`,
          ]);
        await put(FULL);
        try {
          return expectEnd(await coped(['backup', name]), 1, /No space left/, /The claim "backup" is full/);
        } finally {
          await put(claim);
        }
      });
      await sql(LATER);
      await report.check('a file that is no dump, or whose data nobody knows, is refused', async () => {
        await writeFile(join(folder, 'text.dump'), 'SELECT 1');
        expectEnd(
          await coped(restore('--from', join(folder, 'text.dump'), '--no-scrub')),
          2,
          /is not a dump/,
        );
        return expectEnd(await coped(restore('--from', file)), 2, /Nobody can tell whose data/);
      });
      await report.check('a dump that does not fit is refused before anything is done', async () => {
        await writeFile(join(folder, 'huge.dump'), 'PGDMP');
        await truncate(join(folder, 'huge.dump'), 2 ** 40);
        expectEnd(
          await coped(restore('--from', join(folder, 'huge.dump'), '--no-scrub')),
          2,
          /disk has .* left/,
        );
        await untouched();
      });
      await report.check('a dump that breaks off: the live database is as it was', async () => {
        const broken = join(folder, 'broken.dump');
        const whole = await readFile(file);
        await writeFile(broken, whole.subarray(0, whole.length - 1000));
        const ended = await coped(restore('--from', broken, '--no-scrub'));
        expectEnd(ended, 1, /cannot be restored: pg_restore: error/, /is as it was/);
        await untouched();
      });
      await report.check('ctrl-C before the swap: the live database is as it was', async () => {
        const interruption = new AbortController();
        const heard = (text: string) => /✔ count the rows/.test(text) && interruption.abort();
        const ended = await coped(restore('--from', dump), { signal: interruption.signal, heard });
        expectEnd(ended, 130, /is as it was/);
        await untouched();
      });
      let kept = '';
      await report.check('restored, scrubbed, found by a search; the old database is kept', async () => {
        const ended = await coped(restore('--from', dump, '--scrub', SCRUB));
        expectEnd(ended, 0, /projects can be found/);
        kept = /^kept: (\S+)/m.exec(ended.output)?.[1] ?? '';
        const [emails, after, databases] = [await sql(EMAILS), await sql(AFTER), await sql(OURS)];
        if (emails !== '0' || after !== '0' || databases !== `coped ${kept}`)
          throw new Error(`${emails} emails, ${after} later rows, ${databases}`);
        return /^.*tables.*$/m.exec(ended.output)?.[0];
      });
      await report.check('undone: what was written after the dump is there again', async () => {
        const ended = await coped(restore('--undo'));
        expectEnd(ended, 0, /projects can be found/);
        const scrubbed = /^kept: (\S+)/m.exec(ended.output)?.[1] ?? '';
        if ((await sql(AFTER)) !== '1') throw new Error('it is not');
        expectEnd(await coped(restore('--forget', scrubbed)), 0);
        await untouched();
      });
    } finally {
      await sql(CLEAN);
      await rm(folder, { recursive: true });
    }
  },
});

export const backup: Step = backupOf(model);
