import { Option } from 'commander';
import { drill as play, type Wishes } from '../backup/drill/drill';
import { told } from '../backup/drill/outcome';
import { BUILDER_NAMES } from '../laptop/builders';
import { CliError } from '../terminal/errors';
import type { Add } from '.';
import { contextOption, examples } from './common';

export const drill: Add = (program, world) => {
  program
    .command('drill')
    .summary('lose everything on purpose, and get it back from a backup')
    .description(
      "On a cluster of this machine: brings up a small environment of production's shape in the namespace coped-drill, writes " +
        'rows, takes a backup and fetches it, deletes the namespace with all its data, deploys anew and restores. ' +
        'Reports how long each part took, and how many rows were lost: 0, or it fails. Nothing else on the cluster is touched.',
    )
    .addOption(contextOption())
    .option('--image <reference>', 'an image of Django that the cluster has; built from app/django if absent')
    .addOption(new Option('--builder <name>', 'what builds it').choices([...BUILDER_NAMES]))
    .option('--keep', 'leave the restored environment there')
    .option('--yes', 'ask nobody')
    .option('--json', 'the report as JSON')
    .addHelpText(
      'after',
      examples(
        ['npx coped drill', 'says what it does and where, asks, and takes some minutes'],
        ['npx coped drill --image docker.io/coped/django:1.0.0 --yes', 'builds nothing, asks nobody'],
        ['npx coped drill --keep', 'to look at it afterwards'],
      ),
    )
    .action(async ({ json, ...wishes }: Wishes & { json?: boolean }) => {
      const outcome = await play(world, wishes);
      world.terminal.print(json ? JSON.stringify(outcome, undefined, 2) : told(outcome));
      if (outcome.rowsLost === 0 && outcome.identical) return;
      throw new CliError(
        'what came back is not what was backed up',
        'Run it again with --keep and compare; until it is understood, trust no backup',
      );
    });
};
