import type { Command } from 'commander';
import type { World } from '../world';
import { manage } from './manage';
import { status } from './status';

/** Adds a command to the program. */
export type Add = (program: Command, world: World) => void;

/** Every command, in the order of `coped --help`. */
export const commands: readonly Add[] = [status, manage];
