import { InvalidArgumentError } from 'commander';
import { type AddCommand, contextOption, environmentArgument, examples } from '../options';
import type { Deploying } from './deploy';

interface Options extends Deploying {
  /** True without a number. */
  readonly rollback?: true | number;
}

export const deploy: AddCommand = (program, world) => {
  program
    .command('deploy')
    .summary('Deploy an environment')
    .description(
      'Deploys an environment and stops at the first step that fails: the checks, the right cluster, the Secrets that pods ' +
        'need, a plan to confirm, apply, prune (never a claim, a Secret or a namespace), and wait until all pods are ready, or ' +
        'report the cause. After an interruption run the same command again. It does not migrate the database: see `npx coped ' +
        'migrate`.',
    )
    .addArgument(environmentArgument(world))
    .addOption(contextOption())
    .option('--rollback [release]', 'deploy an earlier release: the previous one, or this number', numbered)
    .option('--yes', 'skip confirmation (requires --context)')
    .option('--wait', 'wait while another deploy runs, instead of refusing')
    .option('--json', 'for a script: the result on standard output, the plan on standard error')
    .addHelpText(
      'after',
      examples(
        ['npx coped deploy production', 'shows what changes and asks to confirm'],
        ['npx coped deploy staging --yes --context coped-staging', 'the same in a script'],
        ['npx coped deploy production --rollback', 'back to the previous release; the schema stays'],
        ['npx coped deploy production --rollback 7', 'back to release 7, if it is one of the last five'],
      ),
    )
    .action(async (name: string, { rollback, ...options }: Options) => {
      const { clusterOf, environmentNamed } = await import('../cluster/environment');
      const { requireKind } = await import('../cluster/site');
      const { fromSources } = await import('../release/sources');
      const { recordsOf } = await import('../release/records');
      const { deploy: run } = await import('./deploy');
      const { earlier } = await import('./rollback');
      const environment = environmentNamed(world, name);
      requireKind(environment, 'hosted', 'it is not deployed', `Start it with \`npx coped up ${name}\``);
      const sources = rollback === undefined ? await fromSources(world, environment) : undefined;
      const kubectl = await clusterOf(world, environment, options.context);
      const release = sources ?? earlier(await recordsOf(kubectl), rollback === true ? undefined : rollback);
      await run({ world, kubectl, environment }, release, options);
    });
};

function numbered(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be the number of a release.');
}
