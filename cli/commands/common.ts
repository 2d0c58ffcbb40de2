import { Argument, Option } from 'commander';
import type { World } from '../world';

// What several commands have in common.

/** `<environment>`, with the names there are. */
export const environmentArgument = ({ environments }: World): Argument =>
  new Argument('<environment>', 'whose').choices(environments.map(({ name }) => name));

/**
 * `[environment]` of commands for one's own machine: development, unless there are more. Others may be typed: why they are
 * refused is said in better words than "not allowed".
 */
export function localEnvironmentArgument({ environments }: World): Argument {
  const names = environments.filter(({ kind }) => kind === 'local').map(({ name }) => name);
  const argument = new Argument('[environment]', 'whose').choices(names).argParser((name: string) => name);
  return argument.default(names[0]);
}

/** `--context`: which cluster, if there can be a doubt. */
export const contextOption = (): Option =>
  new Option('--context <name>', 'the kubectl context; it must be one on which the environment lives');

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
