import { clusterOf, environmentNamed } from '../cluster/environment';
import { diff as show } from '../release/diff';
import { hostedOnly } from '../release/hosted-only';
import { fromSources } from '../release/sources';
import type { Add } from '.';
import { contextOption, environmentArgument, examples } from './common';

interface Options {
  readonly context?: string;
  readonly full?: boolean;
  readonly json?: boolean;
}

export const diff: Add = (program, world) => {
  program
    .command('diff')
    .summary('say what a deploy would change')
    .description(
      'Compares what runs in the cluster with what the sources say now, and tells the difference in words: what restarts and why, ' +
        'data at risk, what somebody changed by hand, what is deleted. The API server itself is asked what it would make of ' +
        'every object. Changes nothing. Like `kubectl diff` it ends with 1 if there is a difference, and with 0 if there is none.',
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
      const environment = environmentNamed(world, name);
      hostedOnly(environment);
      const release = await fromSources(world, environment);
      const kubectl = await clusterOf(world, environment, options.context);
      await show(world, kubectl, environment, release, options);
    });
};
