import { Argument, type Command } from 'commander';
import type { Environment } from '../../lib/environments/environment';
import { clusterOf, environmentNamed } from '../cluster/environment';
import type { Kubectl } from '../cluster/kubectl';
import { type AddCommand, contextOption, environmentArgument, examples } from '../options';
import { RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { check } from './check';
import { importFile } from './import';
import { init } from './init';
import { hostedOnly } from './keys';
import { rotate } from './rotation/rotate';
import { set } from './set';

interface Options {
  readonly context?: string;
  readonly json?: boolean;
  readonly replace?: boolean;
  readonly forgetPrevious?: boolean;
}

interface Action {
  /** What has to stand after it. */
  readonly needs?: string;
  /** The one option that only it knows. */
  readonly option?: keyof Options;
  readonly run: (
    world: World,
    kubectl: Kubectl,
    environment: Environment,
    what: string,
    options: Options,
  ) => Promise<void>;
}

const actions: Readonly<Record<string, Action>> = {
  init: { run: init },
  check: {
    option: 'json',
    run: (world, kubectl, environment, _, { json = false }) => check(world, kubectl, environment, json),
  },
  set: {
    needs: 'KEY',
    option: 'replace',
    run: (world, kubectl, environment, key, { replace = false }) =>
      set(world, kubectl, environment, key, replace),
  },
  rotate: {
    needs: 'COMPONENT',
    option: 'forgetPrevious',
    run: (world, kubectl, environment, component, { forgetPrevious = false }) =>
      rotate(world, kubectl, environment, component, forgetPrevious),
  },
  import: { needs: 'FILE', run: importFile },
};

export const secrets: AddCommand = (program, world) => {
  program
    .command('secrets')
    .summary('Create, check, set, rotate or import secrets')
    .description(
      'Values go straight into the cluster: they come from standard input or a generator, and are in no argument, file, log or ' +
        'message. init creates what is missing and never overwrites. check reports what is missing, weak, expired or unfinished. ' +
        'set KEY stores one value. rotate COMPONENT changes passwords without a failed request; run again after an interruption, ' +
        'it finishes. import FILE takes secrets from a Compose .env file.',
    )
    .addArgument(environmentArgument(world))
    .addArgument(new Argument('<action>', 'what to do').choices(Object.keys(actions)))
    .argument('[what]', 'KEY, COMPONENT or FILE (- for standard input)')
    .allowExcessArguments()
    .addOption(contextOption())
    .option('--json', 'check: for a script')
    .option('--replace', 'set: also if there is a value already')
    .option('--forget-previous', 'rotate django: the key before is accepted no longer, which logs people out')
    .addHelpText(
      'after',
      examples(
        ['npx coped secrets production init', 'before the first deploy'],
        ['npx coped secrets production check', 'is everything there, and good enough?'],
        [
          'npx coped secrets production rotate postgres',
          'all passwords of PostgreSQL; or elasticsearch, or django',
        ],
        ['npx coped secrets production rotate postgres-application', 'one of them'],
        [
          'pass show coped | npx coped secrets production set postgres-owner',
          'a value of your own; asks for it on a terminal',
        ],
        ['npx coped secrets production import .env', 'from the Compose version'],
      ),
    )
    .action(
      async (name: string, verb: string, what: string | undefined, options: Options, command: Command) => {
        const environment = environmentNamed(world, name);
        const action = actions[verb] as Action;
        hostedOnly(environment);
        refuseTypedValue(verb, what, command.args.slice(3));
        refuseMisunderstood(verb, action, what, options);
        const kubectl = await clusterOf(world, environment, options.context);
        await action.run(world, kubectl, environment, what ?? '', options);
      },
    );
};

/** The words are not repeated: one of them may be the value. */
function refuseTypedValue(verb: string, what: string | undefined, more: readonly string[]): void {
  if (more.length === 0 && !(verb === 'set' && what?.includes('='))) return;
  throw new RefusedError(
    verb === 'set'
      ? 'a value is no argument: every process on this machine can read it, and the shell remembers it'
      : `${verb} takes fewer words`,
    verb === 'set'
      ? 'Take another value, for this one is known now; pipe it, or type it when you are asked'
      : 'See `npx coped secrets --help`',
  );
}

function refuseMisunderstood(verb: string, action: Action, what: string | undefined, options: Options): void {
  const see = 'See `npx coped secrets --help`';
  if (action.needs && what === undefined) throw new RefusedError(`${verb} needs a ${action.needs}`, see);
  if (!action.needs && what !== undefined) throw new RefusedError(`${verb} takes no "${what}"`, see);
  for (const option of ['json', 'replace', 'forgetPrevious'] as const) {
    if (options[option] && option !== action.option) {
      throw new RefusedError(`${verb} has no such option: ${option}`, see);
    }
  }
}
