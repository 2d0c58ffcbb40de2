import { changesNothing } from '../cluster/applying';
import { nothingForbidden } from '../cluster/hardening';
import type { Step } from '../step';
import { withDist } from './dist';
import { model } from './environment';

export const reapply: Step = {
  name: 'hosted-reapply',
  about: 'applying the same release again',
  suite: 'core',
  why: 'one call',
  lane: 'hosted',
  needs: ['hosted-up'],
  async run({ kubectl, report }) {
    await report.check('no pod was refused', () => nothingForbidden(kubectl, model.namespace));
    await report.check('a second `kubectl apply` reports everything unchanged', () =>
      withDist((folder) => changesNothing(kubectl, folder)),
    );
  },
};
