import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { didYouMean } from '../formats/nearest';
import type { World } from './world';

// What several commands have in common.

/** Adds a command to the program. */
export type AddCommand = (program: Command, world: World) => void;

/**
 * Does something when a property is first read: `coped --help` reads neither the choices nor the options of a command, and what they
 * are made of takes longer to load than everything else.
 */
export function whenRead<T extends object>(object: T, key: keyof T, fill: () => void): T {
  const value = object[key];
  const get = () => {
    Object.defineProperty(object, key, { value, writable: true });
    fill();
    return object[key];
  };
  return Object.defineProperty(object, key, { configurable: true, enumerable: true, get });
}

/** `<environment>`: one that exists. */
export const environmentArgument = (world: World): Argument => {
  const argument = new Argument('<environment>', 'environment').argParser((typed: string) => {
    const names = namesOf(world);
    if (names.includes(typed)) return typed;
    throw new InvalidArgumentError(`${didYouMean(typed, names)}Choose from ${names.join(', ')}.`);
  });
  return withChoices(argument, () => namesOf(world));
};

/** `[environment]`: the local one by default. */
export const optionalEnvironmentArgument = (world: World): Argument =>
  byDefault(environmentArgument(world).argOptional(), () => namesOf(world, 'local')[0]);

/**
 * `[environment]` of commands for this machine. Others may be typed: the command itself says better why it refuses them.
 */
export const localEnvironmentArgument = (world: World): Argument => {
  const argument = withChoices(new Argument('[environment]', 'environment'), () => namesOf(world, 'local'));
  return byDefault(argument, () => namesOf(world, 'local')[0]);
};

const withChoices = (argument: Argument, names: () => string[]): Argument =>
  whenRead(argument, 'argChoices', () => {
    argument.argChoices = names();
  });

export const byDefault = (argument: Argument, name: () => string | undefined): Argument =>
  whenRead(argument, 'defaultValue', () => argument.default(name()));

const namesOf = ({ environments }: World, wanted?: 'local'): string[] =>
  environments.filter(({ kind }) => wanted === undefined || kind === wanted).map(({ name }) => name);

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
