import { type Extent, down as takeDown } from '../laptop/down';
import { environmentNamed } from '../world';
import type { Add } from '.';
import { contextOption, examples, localEnvironmentArgument } from './common';

export const down: Add = (program, world) => {
  program
    .command('down')
    .summary('take an environment of this machine down, and keep its data')
    .description(
      'Removes what `npx coped up` or `kubectl apply` has brought into the namespace. The claims stay, as volumes do with ' +
        '`docker compose down`, and the next `up` finds them again. --data removes them as well: it says what will be lost, ' +
        'and asks. Works on this machine only.',
    )
    .addArgument(localEnvironmentArgument(world))
    .addOption(contextOption())
    .option('--data', 'delete the data as well, like `docker compose down -v`')
    .option('--cluster', 'delete the whole kind cluster that `npx coped up` has made')
    .option('--yes', 'ask nobody')
    .addHelpText(
      'after',
      examples(
        ['npx coped down', 'frees memory and processors; `npx coped up` goes on where it was'],
        ['npx coped down --data', 'deletes the namespace, the database included'],
        ['npx coped down --cluster --yes', 'deletes the kind cluster, and asks nobody'],
      ),
    )
    .action((name: string, extent: Extent) => takeDown(world, environmentNamed(world, name), extent));
};
