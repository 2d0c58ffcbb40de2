import { Option } from 'commander';
import { type AddCommand, contextOption, environmentArgument, examples } from '../options';
import type { Options } from './action';

export const restore: AddCommand = (program, world) => {
  program
    .command('restore')
    .summary('Restore the database from a dump, or undo that')
    .description(
      'Restores a dump into a new database, checks that it has every row of the dump, and only then swaps it with the live one: the ' +
        'site has no database for a moment, not for the whole restore. The old database is kept, for --undo, until --forget. The ' +
        'search index is rebuilt.',
    )
    .addArgument(environmentArgument(world))
    .addOption(new Option('--from <dump>', 'NAME of its own, ENVIRONMENT/NAME of another, or ./FILE'))
    .addOption(new Option('--scrub <file>', 'SQL that runs in the restored database before it is used'))
    .addOption(new Option('--no-scrub', "take another environment's data, or a file's, as it is"))
    .addOption(new Option('--any-schema', 'also a dump that is newer than the code that runs'))
    .addOption(
      new Option('--from-context <name>', 'the kubectl context of the environment that --from names'),
    )
    .addOption(new Option('--list', 'list the databases that restores kept'))
    .addOption(new Option('--undo [name]', 'swap back to the latest of them, or to the named one'))
    .addOption(new Option('--forget <name>', 'drop one of them'))
    .addOption(new Option('--json', 'list as JSON'))
    .addOption(new Option('--yes', 'skip confirmation (requires --context)'))
    .addOption(contextOption())
    .addHelpText(
      'after',
      examples(
        ['npx coped restore production --from coped-20260102T023000Z.dump', 'one of its own dumps'],
        ['npx coped restore production --from ./coped.dump --no-scrub', 'a file, as it is'],
        [
          'npx coped restore staging --from production/NAME --scrub ./scrub.sql',
          "another's, without its people, as lib/components/backup/scrub.sql shows",
        ],
        ['npx coped restore production --undo', 'the database before it is live again'],
        ['npx coped restore production --list', 'what is kept, and its size'],
      ),
    )
    .action(async (name: string, options: Options) => {
      const { act } = await import('./action');
      await act(world, name, options);
    });
};
