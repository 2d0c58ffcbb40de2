import { admission } from './admission/steps';
import { dataSurvives } from './development/data-survives';
import { liveCode } from './development/live-code';
import { network } from './development/network';
import { podSecurity } from './development/pod-security';
import { reapply } from './development/reapply';
import { site } from './development/site';
import { up } from './development/up';
import type { Step } from './step';

const development = [up, reapply, podSecurity, site, liveCode, dataSurvives, network];

/** The whole suite, in the order in which it runs. */
export const steps: readonly Step[] = [...development, ...admission];
