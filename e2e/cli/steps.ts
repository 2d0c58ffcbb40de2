import type { Step } from '../step';
import { backup } from './backup';
import { deploy } from './deploy';
import { liveLoop } from './dev';
import { drill } from './drill';
import { guards } from './guards';
import { laptop } from './laptop';
import { manage } from './manage';
import { migrate } from './migrate';
import { secrets } from './secrets';
import { status } from './status';

/** `coped`, on what the steps before have brought up with plain kubectl. */
export const commands: readonly Step[] = [
  guards,
  ...deploy,
  status,
  migrate,
  ...secrets,
  backup,
  drill,
  manage,
  liveLoop,
  ...laptop,
];
