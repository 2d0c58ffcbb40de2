import { Option } from 'commander';
import { BUILDER_NAMES } from '../laptop/images/builders';
import { type AddCommand, contextOption, examples } from '../options';
import { CliError } from '../terminal/errors';
import type { DrillOptions } from './drill';

export const drill: AddCommand = (program, world) => {
  program
    .command('drill')
    .summary('Rehearse losing everything and restoring a backup')
    .description(
      "On a cluster of this machine: starts a small environment of production's shape in the namespace coped-drill, writes " +
        'rows, takes a backup and fetches it, deletes the namespace with all its data, deploys again and restores. Reports how ' +
        'long each part took, and how many rows were lost: 0, or it fails. Nothing else on the cluster is touched.',
    )
    .addOption(contextOption())
    .option('--image <reference>', 'a Django image that the cluster has; by default it is built')
    .addOption(new Option('--builder <name>', 'what builds it').choices([...BUILDER_NAMES]))
    .option('--keep', 'leave the restored environment there')
    .option('--yes', 'skip confirmation')
    .option('--json', 'the report as JSON')
    .addHelpText(
      'after',
      examples(
        ['npx coped drill', 'asks to confirm, and takes some minutes'],
        [
          'npx coped drill --image docker.io/coped/django:1.0.0 --yes',
          'builds nothing, and skips confirmation',
        ],
        ['npx coped drill --keep', 'to inspect it afterwards'],
      ),
    )
    .action(async ({ json, ...options }: DrillOptions & { json?: boolean }) => {
      const { drill: run } = await import('./drill');
      const { reportOf } = await import('./outcome');
      const outcome = await run(world, options);
      world.terminal.print(json ? JSON.stringify(outcome, undefined, 2) : reportOf(outcome));
      if (outcome.rowsLost === 0 && outcome.identical) return;
      throw new CliError(
        'the restored data differs from the backup',
        'Run it again with --keep and compare; do not rely on backups until the cause is known',
      );
    });
};
