import { nothingForbidden } from '../cluster/hardening';
import type { Step } from '../step';
import { model } from './model';

export const podSecurity: Step = {
  name: 'development-pod-security',
  about: 'the namespace enforces the restricted standard',
  suite: 'core',
  why: 'a refused pod is never seen but in events',
  lane: 'development',
  needs: ['development-up'],
  async run({ kubectl, report }) {
    await report.check('no pod was refused', () => nothingForbidden(kubectl, model.namespace));
  },
};
