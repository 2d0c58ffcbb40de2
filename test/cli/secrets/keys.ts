import { type Key, keyNamed as keyIn, keysOf } from '../../../cli/secrets/keys';
import { parseEnvironments } from '../../../rules/environments';
import { named } from '../../support';

const [production] = parseEnvironments([named('production')]);
if (!production) throw new Error('production is no environment');

/** Production's secrets. */
export const keys: readonly Key[] = keysOf(production);
export const keyNamed = (text: string): Key => keyIn(production, text);
