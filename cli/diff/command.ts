import { type AddCommand, contextOption, environmentArgument, examples } from '../options';

interface Options {
  readonly context?: string;
  readonly full?: boolean;
  readonly json?: boolean;
}

export const diff: AddCommand = (program, world) => {
  program
    .command('diff')
    .summary('Show what a deploy would change in the cluster')
    .description(
      'Compares the cluster with the sources and explains the difference: what restarts and why, data at risk, what was changed ' +
        'by hand, what is deleted. The API server itself answers what it would make of every object. Changes nothing. Like ' +
        '`kubectl diff`, it exits with 1 if there is a difference, and with 0 if there is none.',
    )
    .addArgument(environmentArgument(world))
    .addOption(contextOption())
    .option('--full', 'every line that changes; secrets are not shown')
    .option('--json', 'for a script')
    .addHelpText(
      'after',
      examples(
        ['npx coped diff staging', 'in words'],
        ['npx coped diff staging --full', 'line by line'],
        ['npx coped diff production --json', 'for a script: `.changes` is true or false'],
      ),
    )
    .action(async (name: string, options: Options) => {
      const { clusterOf, environmentNamed } = await import('../cluster/environment');
      const { requireKind } = await import('../cluster/site');
      const { fromSources } = await import('../release/sources');
      const environment = environmentNamed(world, name);
      requireKind(environment, 'hosted', 'it is not deployed', `Start it with \`npx coped up ${name}\``);
      const release = await fromSources(world, environment);
      const kubectl = await clusterOf(world, environment, options.context);
      const { diff: show } = await import('./diff');
      await show({ world, kubectl, environment }, release, options);
    });
};
