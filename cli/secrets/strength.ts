import type { Problem } from '../../checker/problem';
import { decoded } from '../../checker/secrets/encodings';
import { recognizer } from '../../checker/secrets/known';
import type { SecretValue } from '../../checker/secrets/secret-value';
import type { Secret } from '../../lib/components/secrets';
import type { Environment } from '../../lib/environments/environment';
import { publishedSecrets } from '../../rules/published-secrets';
import { RefusedError } from '../terminal/errors';
import type { Key } from './keys';

/** Why a value is no secret, without the value. */
export type Weakness = Pick<Problem, 'wrong' | 'remedy'>;

/** Different characters that a value must have at least; Django asks for as many. */
const MINIMUM_VARIETY = 5;

/** What people write until they think of something better, and what examples come with. */
const WELL_KNOWN =
  /change[-_ ]?(?:me|it)|passw[o0]rd|secret|example|django|insecure|postgres|elastic|coped|admin|root|test|letmein|qwerty|12345(?:67890?)?/g;

const NEW = 'Make a new one, as docs/secrets.md shows';

/**
 * Why a value must not become this secret of an environment; empty when it may. For whoever puts values into a cluster:
 * ask before. On a laptop nothing is worth protecting, and everything may be used.
 */
export function weaknesses(
  key: Pick<Secret, 'minimum'>,
  value: SecretValue,
  kind: Environment['kind'],
): Weakness[] {
  if (kind === 'local') return [];
  const text = value.reveal('check whether it is good enough');
  const minimum = key.minimum;
  const words = text.toLowerCase();
  const wrong = [
    text.trim() === '' && 'is empty',
    text.length > 0 && text.length < minimum && `is shorter than ${minimum} characters`,
    /\s/.test(text) && 'has a blank or a line break in it, which some programs cut off and others do not',
    isFake(text) && 'is a fake one: everybody can read it in Git',
    (words.replace(WELL_KNOWN, '').length < text.length / 2 || /^django-insecure-/.test(words)) &&
      'is made of words that everybody tries first',
    text.length >= minimum && isMonotonous(text) && 'repeats itself',
  ].filter((reason) => reason !== false);
  return wrong.map((reason) => ({ wrong: reason, remedy: NEW }));
}

const isPublished = recognizer(publishedSecrets);

/** Marked as fake, or published, in any way of writing it. */
const isFake = (text: string): boolean =>
  [text, ...decoded(text), ...decoded(text).flatMap(decoded)].some(
    (reading) => /^\s*fake-/i.test(reading) || isPublished(reading),
  );

const isMonotonous = (text: string): boolean =>
  new Set(text).size < MINIMUM_VARIETY || /^(.{1,8})\1+.{0,8}$/.test(text);

/** @throws RefusedError for a value that somebody could guess; the message does not repeat it */
export function refuseWeak(key: Key, value: SecretValue, { kind }: Environment): void {
  const found = weaknesses(key, value, kind);
  if (found.length === 0) return;
  throw new RefusedError(
    `${key.path}: the value ${found.map(({ wrong }) => wrong).join(', and ')}`,
    'Nothing was stored. `npx coped secrets <environment> init` makes a good one',
  );
}
