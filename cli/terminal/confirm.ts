import type { Environment } from '../../lib/environments/environment';
import type { World } from '../world';
import { RefusedError } from './errors';

export interface Consent {
  /** `--yes`: skips the confirmation. */
  readonly yes?: boolean;
  /** `--context`, as it was typed. */
  readonly context?: string;
}

/**
 * Asks to confirm a change of a hosted environment by typing its name; a script passes `--yes` together with `--context`, so that it has
 * named its cluster as well. A local environment needs no confirmation.
 *
 * @param what what is about to happen: `the release above is deployed`
 * @throws RefusedError unless it is confirmed
 */
export async function confirm(
  world: World,
  environment: Environment,
  consent: Consent,
  what: string,
): Promise<void> {
  requireConsent(world, environment, consent, what);
  const { name, kind } = environment;
  if (kind === 'local' || consent.yes) return;
  await typed(world, `\n${world.terminal.paint('bold', name)}: ${what}`, name);
}

/**
 * The same before there is anything to show, where finding out what is about to happen already costs something.
 * @throws RefusedError where it cannot be confirmed
 */
export function requireConsent(
  { terminal }: Pick<World, 'terminal'>,
  { name, kind }: Environment,
  { yes = false, context }: Consent,
  what: string,
): void {
  if (kind === 'local' || (yes && context !== undefined)) return;
  if (yes) {
    throw new RefusedError(
      '--yes requires --context, so that a script names its cluster',
      'Add --context, with the kubectl context of the environment',
    );
  }
  if (!terminal.interactive) {
    throw new RefusedError(`${name}: ${what}; ${NO_TERMINAL}`, 'In a script, use --yes and --context');
  }
}

/**
 * Asks to confirm a loss of local data by typing a word; a script passes `--yes`.
 * @param loss what will be lost, and where
 * @throws RefusedError unless it is confirmed
 */
export async function confirmLoss(world: World, loss: string, word: string, yes = false): Promise<void> {
  if (yes) return world.terminal.say(loss);
  if (!world.terminal.interactive) {
    world.terminal.say(loss);
    throw new RefusedError(NO_TERMINAL, 'In a script, use --yes');
  }
  await typed(world, loss, word);
}

const NO_TERMINAL = 'the confirmation needs a terminal';

async function typed({ terminal, signal }: World, question: string, word: string): Promise<void> {
  terminal.say(question);
  const answer = await terminal.ask(`Type ${terminal.paint('bold', word)} to continue: `, signal);
  if (answer === word) return;
  throw new RefusedError(
    `"${answer}" is not "${word}": nothing was changed`,
    'Run it again, and type it exactly',
  );
}
