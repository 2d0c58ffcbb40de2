import { checkNetwork } from '../network/check-network';
import type { Step } from '../step';
import { model } from './model';

export const network: Step = {
  name: 'development-network',
  about: 'who can connect to whom, against lib/network/flows.ts',
  needs: ['development-up'],
  run: (suite) => checkNetwork(suite, model),
};
