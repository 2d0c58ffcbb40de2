import { changesNothing } from '../cluster/applying';
import { distOf } from '../model';
import type { Step } from '../step';

export const reapply: Step = {
  name: 'development-reapply',
  about: 'applying the same release again',
  suite: 'core',
  why: 'one call',
  lane: 'development',
  needs: ['development-up'],
  async run({ kubectl, report }) {
    await report.check('a second `kubectl apply` reports everything unchanged', () =>
      changesNothing(kubectl, distOf('development')),
    );
  },
};
