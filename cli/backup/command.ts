import { Argument, Option } from 'commander';
import { type AddCommand, contextOption, environmentArgument, examples } from '../options';
import { RefusedError } from '../terminal/errors';

interface Options {
  readonly context?: string;
  readonly to?: string;
  readonly json?: boolean;
}

export const backup: AddCommand = (program, world) => {
  program
    .command('backup')
    .summary('Dump the database, list the dumps, fetch one')
    .description(
      'By default, or with `now`, dumps the database as every night and prints the name of the dump; it counts among those that ' +
        'are kept, and the oldest is removed. `list` shows the dumps, `fetch` copies one to this machine. They are in the same ' +
        'cluster as the database: fetch one regularly, and protect it like the database.',
    )
    .addArgument(environmentArgument(world))
    .addArgument(new Argument('[what]', 'what to do').choices(['now', 'list', 'fetch']).default('now'))
    .argument('[name]', 'which dump to fetch')
    .addOption(new Option('--to <file>', 'where to fetch it to; - is standard output'))
    .addOption(new Option('--json', 'list as JSON'))
    .addOption(contextOption())
    .addHelpText(
      'after',
      examples(
        ['npx coped backup production', 'dumps the database now'],
        ['npx coped backup production list', 'name, size and age of each dump'],
        ['npx coped backup production fetch coped-20260102T023000Z.dump', 'into a file of that name, here'],
        ['npx coped backup production fetch NAME --to - | age -r KEY > x', 'never unencrypted on this disk'],
      ),
    )
    .action(async (environmentName: string, what: string, name: string | undefined, options: Options) => {
      requireFitting(what, name, options);
      const { clusterOf, environmentNamed } = await import('../cluster/environment');
      const { backupCronJob } = await import('./claim-pod');
      const { backupNow } = await import('./now');
      const { printDumps } = await import('./list');
      const { fetchDump } = await import('./fetch');
      const environment = environmentNamed(world, environmentName);
      const kubectl = await clusterOf(world, environment, options.context);
      const site = { world, environment, kubectl };
      const cronJob = await backupCronJob(site);
      const { terminal } = world;
      if (what === 'now') terminal.print((await backupNow(site, cronJob)).join('\n'));
      if (what === 'list') await printDumps(site, cronJob, options.json);
      if (what === 'fetch' && name) {
        const file = await fetchDump(site, cronJob, { name, to: options.to });
        if (file !== '-') terminal.print(file);
      }
    });
};

function requireFitting(what: string, name: string | undefined, { to, json }: Options): void {
  const next = 'See npx coped backup --help';
  if (what === 'fetch' && !name)
    throw new RefusedError(
      'fetch requires the name of a dump',
      'List them: npx coped backup <environment> list',
    );
  if (what !== 'fetch' && (name || to))
    throw new RefusedError(`${name ?? '--to'} can only be used with fetch`, next);
  if (what !== 'list' && json) throw new RefusedError('--json can only be used with list', next);
}
