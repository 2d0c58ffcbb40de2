import type { Command } from 'commander';
import type { World } from '../world';
import { backup } from './backup';
import { completion } from './completion';
import { deploy } from './deploy';
import { dev } from './dev';
import { diff } from './diff';
import { doctor } from './doctor';
import { down } from './down';
import { drill } from './drill';
import { manage } from './manage';
import { migrate } from './migrate';
import { restore } from './restore';
import { secrets } from './secrets';
import { status } from './status';
import { up } from './up';

/** Adds a command to the program. */
export type Add = (program: Command, world: World) => void;

/** Every command, in the order of `coped --help`. */
export const commands: readonly Add[] = [
  doctor,
  up,
  dev,
  down,
  status,
  diff,
  deploy,
  migrate,
  backup,
  restore,
  drill,
  manage,
  secrets,
  completion,
];
