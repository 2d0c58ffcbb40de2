import { python, template } from '../development/edits';
import type { Suite } from '../step';
import { breakAndFix, replacePod } from './dev/faults';
import { quickly, withSession } from './dev/session';

/** The live loop: an edited file is served. */
export const liveLoop = (suite: Suite): Promise<void> =>
  withSession(suite, async (session) => {
    const { report } = suite;
    await report.check('an edited template is served within two seconds', () => quickly(session, template));
    await report.check('so is an edited module', () => quickly(session, python));
  });

export const liveLoopFaults = (suite: Suite): Promise<void> =>
  withSession(suite, async (session) => {
    const { report } = suite;
    await report.check('a module that cannot be loaded is reported, shown, and fixed by the next save', () =>
      breakAndFix(session),
    );
    await report.check('a pod that takes the place of another gets everything', () => replacePod(session));
  });
