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
