import type { Step } from '../step';
import { backup, backupFaults, backupUnderLoad } from './backup';
import { deploy } from './deploy';
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
export const onLaptop: readonly Step[] = [
  guards,
  manage,
  liveLoop,
  liveLoopFaults,
  upAndDown,
  downWithData,
  fromNothing,
  upFromNothing,
];

/** `coped` where it needs no environment that runs. */
export const onCluster: readonly Step[] = [secretsFromNothing, doctor];

/** `coped` on what plain kubectl has brought up. */
export const onHosted: readonly Step[] = [
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
];
