import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { templateOf } from '../../../../cli/cluster/api-object';
import { model } from '../../hosted/environment';
import type { Suite } from '../../step';
import { coped, expectEnd, interruptedAt } from '../program/in-process';
import { type Stage, withDump } from './stage';

/** A claim on which nothing has room. */
const FULL = { name: 'backup', emptyDir: { medium: 'Memory', sizeLimit: '8Ki' } };

export const checkFaults = (suite: Suite): Promise<void> =>
  withDump(suite, async ({ kubectl, folder, file, dump, restore, untouched }) => {
    const { report } = suite;
    await report.check('a full claim: the Job fails, and says what to do', () => fullClaim(kubectl));
    await report.check('a file that is no dump, or whose data is unknown, is refused', async () => {
      await writeFile(join(folder, 'text.dump'), 'SELECT 1');
      expectEnd(await coped(restore('--from', join(folder, 'text.dump'), '--no-scrub')), 2, /is not a dump/);
      return expectEnd(await coped(restore('--from', file)), 2, /unknown whose data/);
    });
    await report.check('a dump that does not fit is refused before anything is done', async () => {
      const huge = join(folder, 'huge.dump');
      await writeFile(huge, 'PGDMP');
      await truncate(huge, 2 ** 40);
      expectEnd(await coped(restore('--from', huge, '--no-scrub')), 2, /disk has .* free/);
      await untouched();
    });
    await report.check('a dump that breaks off: the live database is unchanged', async () => {
      const broken = join(folder, 'broken.dump');
      const whole = await readFile(file);
      await writeFile(broken, whole.subarray(0, whole.length - 1000));
      const ended = await coped(restore('--from', broken, '--no-scrub'));
      expectEnd(ended, 1, /cannot be restored: pg_restore: error/, /is unchanged/);
      await untouched();
    });
    await report.check('ctrl-C before the swap: the live database is unchanged', async () => {
      const ended = await coped(restore('--from', dump), interruptedAt(/✔ count the rows/));
      expectEnd(ended, 130, /is unchanged/);
      await untouched();
    });
  });

async function fullClaim(kubectl: Stage['kubectl']): Promise<string> {
  const path = '/spec/jobTemplate/spec/template/spec/volumes/0';
  const cronJob = await kubectl.get('cronjob', 'backup');
  const put = (value: object) => {
    const patch = JSON.stringify([{ op: 'replace', path, value }]);
    return kubectl.run(['patch', 'cronjob', 'backup', '--type=json', `--patch=${patch}`]);
  };
  await put(FULL);
  try {
    const ended = await coped(['backup', model.environment.name]);
    return expectEnd(ended, 1, /No space left/, /The claim "backup" is full/);
  } finally {
    await put(templateOf(cronJob).spec?.volumes?.[0] ?? {});
  }
}
