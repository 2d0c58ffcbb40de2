import type { Environment } from '../../lib/environments/environment';
import type { World } from '../world';
import { RefusedError } from './errors';

export interface Consent {
  /** `--yes`: nobody is asked. */
  readonly yes?: boolean;
  /** `--context`, as it was typed. */
  readonly context?: string;
}

/**
 * Lets nothing happen to a hosted environment that nobody has agreed to: somebody types its name, or a script says `--yes`
 * together with the `--context`, so that it has named its cluster as well. A local environment needs no consent.
 *
 * @param what what is about to happen: `the release above is deployed`
 * @throws RefusedError unless somebody has agreed
 */
export async function confirm(
  world: World,
  environment: Environment,
  consent: Consent,
  what: string,
): Promise<void> {
  mayAgree(world, environment, consent, what);
  const { name, kind } = environment;
  if (kind === 'local' || consent.yes) return;
  const { terminal, signal } = world;
  terminal.say(`\n${terminal.paint('bold', name)}: ${what}`);
  const answer = await terminal.ask(`Type ${terminal.paint('bold', name)} to go on: `, signal);
  if (answer === name) return;
  throw new RefusedError(
    `"${answer}" is not "${name}": nothing was changed`,
    'Run it again, and type the name exactly',
  );
}

/**
 * The same before there is anything to show, where finding out what is about to happen already costs something.
 * @throws RefusedError where nobody is there who could agree
 */
export function mayAgree(
  { terminal }: Pick<World, 'terminal'>,
  { name, kind }: Environment,
  { yes = false, context }: Consent,
  what: string,
): void {
  if (kind === 'local' || (yes && context !== undefined)) return;
  if (yes) {
    throw new RefusedError(
      '--yes asks nobody, so it needs to be told the cluster as well',
      'Add --context, with the context on which it is meant',
    );
  }
  if (terminal.interactive) return;
  throw new RefusedError(
    `${name}: ${what}; nobody is here to agree, because this is no terminal`,
    'A script agrees with --yes and --context',
  );
}
