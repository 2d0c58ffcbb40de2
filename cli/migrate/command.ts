import { type AddCommand, contextOption, environmentArgument, examples } from '../options';
import type { Consent } from '../terminal/confirm';

interface Options extends Consent {
  readonly plan?: boolean;
  readonly follow?: boolean;
  readonly json?: boolean;
}

export const migrate: AddCommand = (program, world) => {
  program
    .command('migrate')
    .summary('Run database migrations')
    .description(
      'Runs the migrations of the deployed release: shows what is pending, asks to confirm, starts a Job, prints its log, and ' +
        'waits until the new pods of web and api are ready. Then the search index is rebuilt. Refuses while another migration ' +
        'runs. After ctrl-C the migration continues in the cluster.',
    )
    .addArgument(environmentArgument(world))
    .addOption(contextOption())
    .option('--plan', 'only list what is pending; changes nothing')
    .option('--json', 'with --plan: for a script')
    .option('--follow', 'follow the running migration, or see how the last one ended')
    .option('--yes', 'skip confirmation (requires --context)')
    .addHelpText(
      'after',
      examples(
        ['npx coped migrate production --plan', 'what is pending'],
        ['npx coped migrate production', 'shows it and asks to confirm'],
        ['npx coped migrate production --yes --context coped-production', 'the same in a script'],
        [
          'npx coped migrate production --follow',
          'after ctrl-C, or to follow one that a colleague has started',
        ],
      ),
    )
    .action(async (name: string, options: Options & { context?: string }) => {
      const { clusterOf, environmentNamed } = await import('../cluster/environment');
      const { requireKind } = await import('../cluster/site');
      const { followRunning, planned, migrate: run } = await import('./migrate');
      const { asText } = await import('./plan');
      const environment = environmentNamed(world, name);
      const see = `to see its migrations: \`npx coped manage ${name} -- showmigrations\``;
      requireKind(environment, 'hosted', 'it migrates when a pod of web starts', `Nothing to do; ${see}`);
      const kubectl = await clusterOf(world, environment, options.context);
      const site = { world, kubectl, environment };
      if (options.follow) return followRunning(site);
      if (!options.plan) return run(site, options);
      const pending = await planned(site);
      world.terminal.print(options.json ? JSON.stringify({ pending }, undefined, 2) : asText(pending));
    });
};
