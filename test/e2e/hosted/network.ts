import { checkNetwork } from '../network/check-network';
import type { Step } from '../step';
import { model } from './environment';

export const network: Step = {
  name: 'hosted-network',
  about: 'who can connect to whom, against lib/network/flows.ts',
  suite: 'core',
  why: 'the whole matrix, once',
  lane: 'hosted',
  needs: ['hosted-up'],
  run: (suite) => checkNetwork(suite, model),
};
