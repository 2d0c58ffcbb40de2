import { admission } from './admission/steps';
import { onCluster, onHosted, onLaptop, onSmall } from './cli/steps';
import { development } from './development/steps';
import { docs } from './docs/step';
import { down, hosted } from './hosted/steps';
import { inLane, type Step } from './step';

/** The whole suite. Lanes run side by side, and the steps of a lane in this order. */
export const steps: readonly Step[] = [
  ...development,
  ...admission,
  ...onCluster,
  ...hosted,
  ...onHosted,
  ...onSmall,
  ...inLane('hosted', [], [docs]),
  ...onLaptop,
  ...inLane('hosted', [], [down]),
];
