import { inLane } from '../step';
import { backup, backupFaults, backupUnderLoad } from './backup';
import { deploy, interrupted } from './deploy';
import { liveLoop, liveLoopFaults } from './dev';
import { drill } from './drill';
import { guards } from './guards';
import { doctor, downWithData, fromNothing, upAndDown, upFromNothing } from './laptop';
import { manage } from './manage';
import { migrate, migrateFaults } from './migrate';
import { rotation, rotationUnderLoad } from './rotation';
import { secretsFromNothing } from './secrets';
import { status, statusFaults } from './status';

/** `coped` on a laptop. */
export const onLaptop = inLane(
  'development',
  ['development-up'],
  [guards, manage, liveLoop, liveLoopFaults, upAndDown, downWithData, fromNothing, upFromNothing],
);

/** `coped` where it needs no environment that runs. */
export const onCluster = inLane('cluster', [], [secretsFromNothing, doctor]);

export const onSmall = inLane('deploy', [], interrupted);

/** `coped` on what plain kubectl has brought up. */
export const onHosted = inLane(
  'hosted',
  ['hosted-up'],
  [
    status,
    migrate,
    rotation,
    backup,
    ...deploy,
    statusFaults,
    migrateFaults,
    rotationUnderLoad,
    backupUnderLoad,
    backupFaults,
    drill,
  ],
);
