import type { Step } from '../step';
import { breakAndFix, replacePod } from './dev/faults';
import { python, quickly, template, withSession } from './dev/session';

/** The live loop: an edited file is served. */
export const liveLoop: Step = {
  name: 'coped-dev',
  about: 'an edited file is served by coped dev within two seconds',
  suite: 'core',
  why: 'the command that is used all day',
  lane: 'development',
  alone: true,
  needs: ['development-up'],
  run: (suite) =>
    withSession(suite, async (session) => {
      const { report } = suite;
      await report.check('an edited template is served within two seconds', () => quickly(session, template));
      await report.check('so is an edited module', () => quickly(session, python));
    }),
};

export const liveLoopFaults: Step = {
  name: 'coped-dev-faults',
  about: 'coped dev with a mistake in the code, and with a pod that is replaced',
  suite: 'deep',
  why: 'faults',
  lane: 'development',
  needs: ['coped-dev'],
  run: (suite) =>
    withSession(suite, async (session) => {
      const { report } = suite;
      await report.check(
        'a module that cannot be loaded is reported, shown, and fixed by the next save',
        () => breakAndFix(session),
      );
      await report.check('a pod that takes the place of another gets everything', () => replacePod(session));
    }),
};
