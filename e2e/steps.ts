import { admission } from './admission/steps';
import { commands } from './cli/steps';
import { development } from './development/steps';
import { docs } from './docs/step';
import { down } from './hosted/down';
import { hosted } from './hosted/steps';
import type { Step } from './step';

/** The whole suite, in the order in which it runs. */
export const steps: readonly Step[] = [...development, ...admission, ...hosted, ...commands, docs, down];
