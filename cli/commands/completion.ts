import { Argument } from 'commander';
import { bash } from '../completion/bash';
import { fish } from '../completion/fish';
import { placesOf } from '../completion/places';
import { zsh } from '../completion/zsh';
import type { Add } from '.';
import { examples } from './common';

const SHELLS = { bash, zsh, fish };

export const completion: Add = (program, world) => {
  program
    .command('completion')
    .summary('let the shell complete commands, options and environments')
    .description(
      'Prints a script for your shell: with it the tab key completes commands, options, environments and contexts. ' +
        'It completes the word `coped`, so that has to be a command: `npm link` makes it one everywhere, or put ' +
        '`coped() { npx coped "$@"; }` beside it.',
    )
    .addArgument(new Argument('<shell>', 'yours').choices(Object.keys(SHELLS)))
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
    .action((shell: keyof typeof SHELLS) => world.terminal.print(SHELLS[shell](placesOf(program)).trimEnd()));
};
