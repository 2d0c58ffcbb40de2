import type { Argument, Command, Option } from 'commander';

/** Something that can be typed, and what it means. */
export interface Word {
  readonly word: string;
  readonly about: string;
}

/** What may stand somewhere: one of a few words, a context of kubectl's, a file, or what only a person knows. */
export type Value = readonly string[] | 'context' | 'file' | 'anything';

/** An option as it is typed: `--context`, `-h`. */
export interface Flag extends Word {
  /** What follows; undefined if nothing does. */
  readonly value?: Value;
}

/** A place on the command line: after `coped`, after `coped up`. */
export interface Place {
  /** The commands that lead there, without `coped`. */
  readonly path: readonly string[];
  readonly commands: readonly Word[];
  readonly flags: readonly Flag[];
  /** Arguments in their order; the last of a list may come again. */
  readonly values: readonly Value[];
  readonly repeats: boolean;
}

/** Every place of a program, found by walking through its commands: what is added to it is completed, too. */
export function placesOf(program: Command, path: readonly string[] = []): Place[] {
  const { commands, registeredArguments } = program;
  const visible = program.createHelp().visibleOptions(program);
  const place: Place = {
    path,
    commands: commands.map((command) => ({ word: command.name(), about: command.summary() })),
    flags: visible.flatMap(flagsOf),
    values: registeredArguments.map(placed),
    repeats: registeredArguments.some(({ variadic }) => variadic),
  };
  return [place, ...commands.flatMap((command) => placesOf(command, [...path, command.name()]))];
}

const flagsOf = ({ long, short, description, required, argChoices }: Option): Flag[] => {
  const value = argChoices ?? (long?.endsWith('context') ? 'context' : 'file');
  const words = [long, short].filter((word) => word !== undefined);
  return words.map((word) => ({ word, about: description, ...(required && { value }) }));
};

const placed = ({ argChoices }: Argument): Value => argChoices ?? 'anything';

/** Asks for the contexts when they are needed, because they change. */
export const CONTEXTS = 'kubectl config get-contexts --output=name 2>/dev/null';
