import { administratorOf, isExternal } from '../../lib/components/elsewhere';
import type { Environment } from '../../lib/environments/environment';
import { RefusedError } from '../terminal/errors';
import type { World } from '../world';
import type { Kubectl } from './kubectl';

/** An environment on its cluster: what a command works on. */
export interface Site {
  readonly world: World;
  readonly kubectl: Kubectl;
  readonly environment: Environment;
}

/**
 * @param what does not work there: `restore`
 * @throws RefusedError where someone else runs the database
 */
export function requireOwnDatabase(
  { name, postgres }: Pick<Environment, 'name' | 'postgres'>,
  what: string,
): void {
  if (!isExternal(postgres)) return;
  throw new RefusedError(
    `the database of ${name} is on ${postgres.host}, which someone else runs: ${what} does not work there`,
    `Ask ${administratorOf(postgres)}; see docs/external-servers.md#what-is-different`,
  );
}

/**
 * @param why what makes the command pointless there: `it is not deployed`
 * @param next what to do instead
 * @throws RefusedError for an environment of the other kind
 */
export function requireKind(
  { name, kind }: Environment,
  required: Environment['kind'],
  why: string,
  next: string,
): void {
  if (kind !== required) throw new RefusedError(`${name} is not a ${required} environment: ${why}`, next);
}
