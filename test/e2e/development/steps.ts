import type { Step } from '../step';
import { applicationTests } from './application-tests';
import { dataSurvives } from './data-survives';
import { liveCode } from './live-code';
import { network } from './network';
import { podSecurity } from './pod-security';
import { reapply } from './reapply';
import { site } from './site';
import { up } from './up';

export const development: readonly Step[] = [
  up,
  reapply,
  podSecurity,
  site,
  applicationTests,
  liveCode,
  dataSurvives,
  network,
];
