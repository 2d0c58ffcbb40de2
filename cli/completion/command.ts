import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, type Command, type Option } from 'commander';
import { type AddCommand, examples } from '../options';

export const completion: AddCommand = (program, world) => {
  program
    .command('completion')
    .summary('Let your shell complete commands and environments')
    .description(
      'Prints a script for your shell: with it the tab key completes commands, options, environments and contexts of the word ' +
        '`coped`. That has to be a command: `npm link` makes it one everywhere, or add `coped() { npx coped "$@"; }`.',
    )
    .addArgument(new Argument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      examples(
        [
          'npx coped completion bash >~/.coped-completion',
          'once, then `source ~/.coped-completion` in ~/.bashrc',
        ],
        [
          'npx coped completion zsh >~/.coped-completion',
          'once, then `source ~/.coped-completion` in ~/.zshrc',
        ],
        ['npx coped completion fish >~/.config/fish/completions/coped.fish', 'once'],
      ),
    )
    .action((shell: string) =>
      world.terminal.print(readFileSync(join(__dirname, `coped.${shell}`), 'utf8').trimEnd()),
    );
  // Used by the scripts, not by users: the words, one a line, with what they mean behind a tab. A line `:files` lets the shell complete
  // names of files.
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action(async (typed: string[]) => {
      const { words, files, contexts } = candidates(program, typed);
      if (files) return world.terminal.print(':files');
      const { knownContexts } = await import('../cluster/guard');
      const known = contexts ? [...(await knownContexts(world)).servers.keys()] : [];
      const lines = [...words.map(({ word, about }) => (about ? `${word}\t${about}` : word)), ...known];
      if (lines.length > 0) world.terminal.print(lines.join('\n'));
    });
};

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
