import { admission } from './admission/steps';
import { development } from './development/steps';
import { hosted } from './hosted/steps';
import type { Step } from './step';

/** The whole suite, in the order in which it runs. */
export const steps: readonly Step[] = [...development, ...admission, ...hosted];
