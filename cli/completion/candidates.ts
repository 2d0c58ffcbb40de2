import type { Command, Option } from 'commander';

/** A word that can be typed, and what it means. */
export interface Candidate {
  readonly word: string;
  readonly about: string;
}

/** What fits at the end of a command line. */
export interface Candidates {
  readonly words: readonly Candidate[];
  /** Names of files fit as well. */
  readonly files?: true;
  /** Contexts of kubectl fit as well. */
  readonly contexts?: true;
}

const NONE: Candidates = { words: [] };

/** What may come next, found by walking through the commands: new commands are completed, too. */
export function candidates(program: Command, typed: readonly string[]): Candidates {
  const last = typed.at(-1) ?? '';
  let command = program;
  let place = 0;
  let waiting: Option | undefined;
  for (const word of typed.slice(0, -1)) {
    // Words after two dashes are for another program.
    if (word === '--') return NONE;
    const option = optionsOf(command).find(({ long, short }) => [long, short].includes(word));
    const next = command.commands.find((one) => one.name() === word || one.aliases().includes(word));
    if (waiting) waiting = undefined;
    else if (word.startsWith('-')) waiting = option?.required ? option : undefined;
    else if (next) [command, place] = [next, 0];
    else place += 1;
  }
  if (waiting) return valuesOf(waiting, last);
  if (last.startsWith('-')) return { words: optionsOf(command).flatMap(flagsOf).filter(startsWith(last)) };
  if (command.commands.length > 0) {
    const words =
      place > 0 ? [] : command.commands.map((one) => ({ word: one.name(), about: one.summary() }));
    return { words: words.filter(startsWith(last)) };
  }
  const { registeredArguments: all } = command;
  const argument = all[place] ?? (all.at(-1)?.variadic ? all.at(-1) : undefined);
  return { words: (argument?.argChoices ?? []).map(plain).filter(startsWith(last)) };
}

const optionsOf = (command: Command): readonly Option[] => command.createHelp().visibleOptions(command);

const flagsOf = ({ long, short, description: about }: Option): Candidate[] =>
  [long, short].flatMap((word) => (word ? [{ word, about }] : []));

const valuesOf = ({ long, argChoices }: Option, last: string): Candidates => {
  if (argChoices) return { words: argChoices.map(plain).filter(startsWith(last)) };
  return long?.endsWith('context') ? { words: [], contexts: true } : { words: [], files: true };
};

const plain = (word: string): Candidate => ({ word, about: '' });
const startsWith = (text: string) => (one: Candidate) => one.word.startsWith(text);
