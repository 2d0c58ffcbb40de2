import { Argument } from 'commander';
import { knownContexts } from '../cluster/guard';
import { type AddCommand, examples } from '../options';
import { candidates } from './candidates';
import { scripts } from './scripts';

export const completion: AddCommand = (program, world) => {
  program
    .command('completion')
    .summary('Let your shell complete commands and environments')
    .description(
      'Prints a script for your shell: with it the tab key completes commands, options, environments and contexts of the word ' +
        '`coped`. That has to be a command: `npm link` makes it one everywhere, or add `coped() { npx coped "$@"; }`.',
    )
    .addArgument(new Argument('<shell>', 'your shell').choices(Object.keys(scripts)))
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
    .action((shell: keyof typeof scripts) => world.terminal.print(scripts[shell].trimEnd()));
  // Used by the scripts, not by users.
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action(async (typed: string[]) => {
      const { words, files, contexts } = candidates(program, typed);
      if (files) return world.terminal.print(':files');
      const known = contexts ? [...(await knownContexts(world)).servers.keys()] : [];
      const lines = [...words.map(({ word, about }) => (about ? `${word}\t${about}` : word)), ...known];
      if (lines.length > 0) world.terminal.print(lines.join('\n'));
    });
};
