import { InvalidArgumentError } from 'commander';
import { clusterOf, environmentNamed } from '../cluster/environment';
import { type Deploying, deploy as run } from '../release/deploy';
import { hostedOnly } from '../release/hosted-only';
import { recordsOf } from '../release/records';
import { earlier } from '../release/rollback';
import { fromSources } from '../release/sources';
import type { Add } from '.';
import { contextOption, environmentArgument, examples } from './common';

interface Options extends Deploying {
  /** True without a number. */
  readonly rollback?: true | number;
}

export const deploy: Add = (program, world) => {
  program
    .command('deploy')
    .summary('bring what the sources say into the cluster')
    .description(
      'Deploys an environment, and stops at the first step that fails: the checks; the cluster is the right one; every secret ' +
        'that pods need is there; what would change is shown, and somebody agrees; all is applied; what is no longer described is ' +
        'deleted, but never a claim, a Secret or a namespace; all pods are ready, or the cause is told. ' +
        'Whatever ends it half way, the same command takes it up again. The database is not migrated: see `npx coped migrate`.',
    )
    .addArgument(environmentArgument(world))
    .addOption(contextOption())
    .option(
      '--rollback [release]',
      'deploy an earlier release again: the one before, or this number',
      numbered,
    )
    .option('--yes', 'ask nobody; needs --context')
    .option('--wait', 'while somebody else deploys, wait instead of refusing')
    .option('--json', 'for a script: the result on standard output, the plan on standard error')
    .addHelpText(
      'after',
      examples(
        ['npx coped deploy production', 'shows what changes, asks, and does it'],
        ['npx coped deploy staging --yes --context coped-staging', 'the same in a script'],
        ['npx coped deploy production --rollback', 'goes back to the release before; the schema stays'],
        ['npx coped deploy production --rollback 7', 'goes back to release 7, if it is one of the last five'],
      ),
    )
    .action(async (name: string, { rollback, ...options }: Options) => {
      const environment = environmentNamed(world, name);
      hostedOnly(environment);
      const sources = rollback === undefined ? await fromSources(world, environment) : undefined;
      const kubectl = await clusterOf(world, environment, options.context);
      const release = sources ?? earlier(await recordsOf(kubectl), rollback === true ? undefined : rollback);
      await run(world, kubectl, environment, release, options);
    });
};

function numbered(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is no number of a release.');
}
