import type { SecretValue } from '../../checker/secrets/secret-value';
import type { Environment } from '../../lib/environments/environment';
import { RefusedError } from '../terminal/errors';
import { weaknesses } from './acceptable';
import type { Key } from './keys';

/** @throws RefusedError for a value that somebody could guess; the message does not repeat it */
export function refuseWeak(key: Key, value: SecretValue, { kind }: Environment): void {
  const found = weaknesses(key, value, kind);
  if (found.length === 0) return;
  throw new RefusedError(
    `${key.path}: the value ${found.map(({ wrong }) => wrong).join(', and ')}`,
    'Nothing was stored. `npx coped secrets <environment> init` makes a good one',
  );
}
