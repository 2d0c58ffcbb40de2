import { checkNetwork } from '../network/check-network';
import type { Step } from '../step';
import { model } from './model';

export const network: Step = {
  name: 'development-network',
  about: 'who can connect to whom, against lib/network/flows.ts',
  suite: 'deep',
  why: 'core tries the matrix once, on the policies of a release',
  lane: 'development',
  needs: ['development-up'],
  run: (suite) => checkNetwork(suite, model),
};
