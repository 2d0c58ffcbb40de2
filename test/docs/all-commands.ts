import { pages } from '../e2e/docs/pages';
import { type Command, snippetsOf } from '../e2e/docs/snippets';
import { type Keeper, keeperOf } from './keepers';

/** Every command of every page. `a && b` are two, if this repository's own programs are in it. */
export const commands: readonly Command[] = pages.flatMap(({ path, text }) =>
  snippetsOf(path, text)
    .flat()
    .flatMap((command) =>
      /^(npm|git) /.test(command.text)
        ? command.text.split(' && ').map((part) => ({ ...command, text: part }))
        : [command],
    ),
);

/** What one keeper has to run, each text once. */
export const kept = (keeper: Keeper): string[] => [
  ...new Set(commands.filter((command) => keeperOf(command) === keeper).map(({ text }) => text)),
];
