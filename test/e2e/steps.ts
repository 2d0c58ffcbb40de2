import { admission } from './admission/steps';
import { onCluster, onHosted, onLaptop } from './cli/steps';
import { development } from './development/steps';
import { docs } from './docs/step';
import { down } from './hosted/down';
import { hosted } from './hosted/steps';
import type { Step } from './step';

/** The whole suite. Lanes run side by side, and the steps of a lane in this order. */
export const steps: readonly Step[] = [
  ...development,
  ...admission,
  ...onCluster,
  ...hosted,
  ...onHosted,
  docs,
  ...onLaptop,
  down,
];
