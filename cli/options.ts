import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { didYouMean } from '../formats/nearest';
import type { World } from './world';

// What several commands have in common.

/** Adds a command to the program. */
export type AddCommand = (program: Command, world: World) => void;

/** `<environment>`: one that exists. */
export const environmentArgument = ({ environments }: World): Argument => {
  const names = environments.map(({ name }) => name);
  return new Argument('<environment>', 'environment').choices(names).argParser((typed: string) => {
    if (names.includes(typed)) return typed;
    throw new InvalidArgumentError(`${didYouMean(typed, names)}Choose from ${names.join(', ')}.`);
  });
};

/** `[environment]`: the local one by default. */
export const optionalEnvironmentArgument = (world: World): Argument =>
  environmentArgument(world).argOptional().default(localNames(world)[0]);

/**
 * `[environment]` of commands for this machine. Others may be typed: the command itself says better why it refuses them.
 */
export const localEnvironmentArgument = (world: World): Argument =>
  new Argument('[environment]', 'environment')
    .choices(localNames(world))
    .argParser((name: string) => name)
    .default(localNames(world)[0]);

const localNames = ({ environments }: World): string[] =>
  environments.filter(({ kind }) => kind === 'local').map(({ name }) => name);

/** `--context`: the cluster, where there is more than one. */
export const contextOption = (): Option =>
  new Option('--context <name>', "kubectl context; must be one of the environment's");

/** Columns of a small terminal. */
const WIDTH = 80;

/** Examples as `--help` shows them: a command, and what it does, below it where they do not fit beside each other. */
export function examples(...list: readonly (readonly [command: string, what: string])[]): string {
  const longest = Math.max(...list.map(([command]) => command.length));
  const beside = list.map(([command, what]) => `  ${command.padEnd(longest)}   ${what}`);
  const fits = beside.every((line) => line.length <= WIDTH);
  const lines = fits ? beside : list.map(([command, what]) => `  ${command}\n      ${what}`);
  return `\nExamples:\n${lines.join('\n')}`;
}
