import { join } from 'node:path';
import { siteOf } from '../hosted/access';
import { underLoad } from '../site/steady-load';
import type { Suite } from '../step';
import { checkFaults } from './backup/faults';
import { withDump } from './backup/stage';
import { coped, expectEnd } from './program/in-process';

const SCRUB = join(__dirname, '..', '..', '..', 'lib', 'components', 'backup', 'scrub.sql');
/** Requests a second: visitors of a research platform, at their busiest. */
const VISITORS = 10;
const EMAILS = "SELECT count(*) FROM auth_user WHERE email <> ''";

/** `coped backup` and `coped restore`: a dump there and back. */
export const backup = (suite: Suite): Promise<void> =>
  withDump(suite, async ({ dump, sql, restore, later, databases, untouched }) => {
    const { report } = suite;
    await report.check('restored, scrubbed, found by a search; the old database is kept', async () => {
      const ended = await coped(restore('--from', dump, '--scrub', SCRUB));
      expectEnd(ended, 0, /projects can be found/);
      const kept = /^kept: (\S+)/m.exec(ended.output)?.[1] ?? '';
      const [emails, after, there] = [await sql(EMAILS), await later(), await databases()];
      if (emails !== '0' || after !== '0' || there !== `coped ${kept}`)
        throw new Error(`${emails} emails, ${after} later rows, ${there}`);
      return /^.*tables.*$/m.exec(ended.output)?.[0];
    });
    await report.check('undone: what was written after the dump is there again', async () => {
      const ended = await coped(restore('--undo'));
      expectEnd(ended, 0, /projects can be found/);
      const scrubbed = /^kept: (\S+)/m.exec(ended.output)?.[1] ?? '';
      if ((await later()) !== '1') throw new Error('it is not');
      expectEnd(await coped(restore('--forget', scrubbed)), 0);
      await untouched();
    });
  });

export const backupUnderLoad = (suite: Suite): Promise<void> =>
  withDump(suite, async ({ dump, restore, untouched }) => {
    const site = await siteOf(suite);
    const kept = /^kept: (\S+)/m;
    await suite.report.check('no request fails: those in flight are finished first', async () => {
      const answered = await underLoad(site, '/', VISITORS, async () => {
        expectEnd(await coped(restore('--from', dump)), 0, kept);
        const undone = await coped(restore('--undo'));
        expectEnd(undone, 0, kept);
        expectEnd(await coped(restore('--forget', kept.exec(undone.output)?.[1] ?? '')), 0);
      });
      await untouched();
      return answered;
    });
  });

export const backupFaults = checkFaults;
