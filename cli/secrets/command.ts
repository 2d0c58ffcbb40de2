import { Argument, type Command } from 'commander';
import type { Site } from '../cluster/site';
import { type AddCommand, contextOption, environmentArgument, examples } from '../options';
import { RefusedError } from '../terminal/errors';

interface Options {
  readonly context?: string;
  readonly json?: boolean;
  readonly replace?: boolean;
  readonly forgetPrevious?: boolean;
}

interface Action {
  /** The argument that it requires. */
  readonly needs?: string;
  /** The option that only it has. */
  readonly option?: keyof typeof FLAGS;
  readonly run: (site: Site, what: string, options: Options) => Promise<void>;
}

const FLAGS = { json: '--json', replace: '--replace', forgetPrevious: '--forget-previous' } as const;

const actions: Readonly<Record<string, Action>> = {
  init: { run: async (site) => (await import('./init')).init(site) },
  check: {
    option: 'json',
    run: async (site, _, { json = false }) => (await import('./check')).check(site, json),
  },
  set: {
    needs: 'KEY',
    option: 'replace',
    run: async (site, key, { replace = false }) => (await import('./set')).set(site, key, replace),
  },
  rotate: {
    needs: 'COMPONENT',
    option: 'forgetPrevious',
    run: async (site, component, { forgetPrevious = false }) =>
      (await import('./rotation/rotate')).rotate(site, component, forgetPrevious),
  },
  import: {
    needs: 'FILE',
    run: async (site, file) => (await import('./import')).importFile(site, file),
  },
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
    .option('--replace', 'set: overwrite the value')
    .option('--forget-previous', 'rotate django: stop accepting the previous key, which logs users out')
    .addHelpText(
      'after',
      examples(
        ['npx coped secrets production init', 'before the first deploy'],
        ['npx coped secrets production check', 'is everything there, and strong enough?'],
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
        const { clusterOf, environmentNamed } = await import('../cluster/environment');
        const { requireKind } = await import('../cluster/site');
        const environment = environmentNamed(world, name);
        const action = actions[verb] as Action;
        const why = `its fake secrets are in dist/${name}`;
        requireKind(environment, 'hosted', why, 'There is nothing to create, change or check');
        refuseTypedValue(verb, what, command.args.slice(3));
        refuseMisunderstood(verb, action, what, options);
        const kubectl = await clusterOf(world, environment, options.context);
        await action.run({ world, kubectl, environment }, what ?? '', options);
      },
    );
};

const SEE = 'See `npx coped secrets --help`';

/** The words are not repeated: one of them may be the value. */
function refuseTypedValue(verb: string, what: string | undefined, more: readonly string[]): void {
  if (more.length === 0 && !(verb === 'set' && what?.includes('='))) return;
  if (verb !== 'set') throw new RefusedError(`too many arguments for ${verb}`, SEE);
  throw new RefusedError(
    'a value must not be an argument: every process on this machine can read it, and the shell remembers it',
    'Choose another value, because this one is known now; pipe it, or type it at the prompt',
  );
}

function refuseMisunderstood(verb: string, action: Action, what: string | undefined, options: Options): void {
  if (action.needs && what === undefined) throw new RefusedError(`${verb} needs a ${action.needs}`, SEE);
  if (!action.needs && what !== undefined) throw new RefusedError(`${verb} takes no "${what}"`, SEE);
  for (const option of ['json', 'replace', 'forgetPrevious'] as const) {
    if (options[option] && option !== action.option) {
      throw new RefusedError(`${verb} has no option ${FLAGS[option]}`, SEE);
    }
  }
}
