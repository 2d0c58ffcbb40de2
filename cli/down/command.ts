import { type AddCommand, contextOption, examples, localEnvironmentArgument } from '../options';
import type { Extent } from './down';

export const down: AddCommand = (program, world) => {
  program
    .command('down')
    .summary('Stop an environment on this machine, keep its data')
    .description(
      'Removes what `npx coped up` or `kubectl apply` has created in the namespace. The claims stay, as volumes do with `docker ' +
        'compose down`, and the next `up` finds them again. But whenever web starts in development it flushes the database and ' +
        'loads the sample data: rows of your own are gone after the next `up`. --data removes the claims as well: it says ' +
        'what will be lost, and asks to confirm. Works on this machine only.',
    )
    .addArgument(localEnvironmentArgument(world))
    .addOption(contextOption())
    .option('--data', 'delete the data as well, like `docker compose down -v`')
    .option('--cluster', 'delete the whole kind cluster that `npx coped up` has made')
    .option('--yes', 'skip the confirmation')
    .addHelpText(
      'after',
      examples(
        ['npx coped down', 'frees memory and processors; `npx coped up` goes on where it was'],
        ['npx coped down --data', 'deletes the namespace, the database included'],
        ['npx coped down --cluster --yes', 'deletes the kind cluster, without confirmation'],
      ),
    )
    .action(async (name: string, extent: Extent) => {
      const { environmentNamed } = await import('../cluster/environment');
      const { down: takeDown } = await import('./down');
      await takeDown(world, environmentNamed(world, name), extent);
    });
};
