import { Option } from 'commander';
import { backupCronJob, withDumps } from '../backup/claim-pod';
import { clusterOf, environmentNamed } from '../cluster/environment';
import { requireOwnDatabase } from '../cluster/site';
import { type AddCommand, contextOption, environmentArgument, examples } from '../options';
import { requireConsent } from '../terminal/confirm';
import { RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { forget, listKept, undo } from './kept-databases';
import { restore as restoreDump } from './restore';
import { withPostgres } from './site';
import { fromClaim, fromFile, type Source, type Supply, scrubOf, sourceOf } from './source';

interface Options {
  readonly from?: string;
  readonly fromContext?: string;
  readonly scrub?: string | false;
  readonly anySchema?: boolean;
  readonly undo?: string | true;
  readonly forget?: string;
  readonly list?: boolean;
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly context?: string;
}

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
      requireOneAction(options);
      const environment = environmentNamed(world, name);
      requireOwnDatabase(environment, 'restore');
      const source = options.from === undefined ? undefined : sourceOf(world, environment, options.from);
      const scrub = source && scrubOf(environment, source, options);
      const file = source?.kind === 'file' ? fromFile(source.path) : undefined;
      const kubectl = await clusterOf(world, environment, options.context);
      if (!options.list) requireConsent(world, environment, options, 'its database is about to be replaced');
      await withPostgres({ world, environment, kubectl }, async (site) => {
        if (options.list) return listKept(site, options.json);
        if (options.forget) return forget(site, options.forget, options);
        if (options.undo) return undo(site, options.undo === true ? undefined : options.undo, options);
        const request = { ...options, scrub, anySchema: options.anySchema === true };
        const go = (supply: Supply) => restoreDump(site, supply, request);
        if (file) return go(file);
        if (source?.kind === 'own') return go(await fromClaim(site.shell, name, source.name, true));
        if (source?.kind === 'other') return withDumpOf(world, source, options.fromContext, go);
      });
    });
};

/** Runs something with a dump of another environment, which is only read. */
async function withDumpOf(
  world: World,
  { environment, name }: Extract<Source, { kind: 'other' }>,
  context: string | undefined,
  go: (supply: Supply) => Promise<void>,
): Promise<void> {
  const site = { world, environment, kubectl: await clusterOf(world, environment, context) };
  const progress = { progress: (text: string) => world.terminal.say(text) };
  await withDumps(site, await backupCronJob(site), progress, async (shell) =>
    go(await fromClaim(shell, environment.name, name, false)),
  );
}

function requireOneAction({ from, list, forget, undo }: Options): void {
  const given = Object.entries({ '--from': from, '--list': list, '--forget': forget, '--undo': undo })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  if (given.length === 1) return;
  throw new RefusedError(
    given.length === 0 ? 'nothing to restore' : `${given.join(' and ')} cannot be combined`,
    'Use one of --from, --list, --undo, --forget; see npx coped restore --help',
  );
}
