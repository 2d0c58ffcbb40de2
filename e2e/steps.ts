import { network } from './development/network';
import { podSecurity } from './development/pod-security';
import { reapply } from './development/reapply';
import { up } from './development/up';
import type { Step } from './step';

/** The whole suite, in the order in which it runs. */
export const steps: readonly Step[] = [up, reapply, podSecurity, network];
