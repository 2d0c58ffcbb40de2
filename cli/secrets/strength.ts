import { decoded } from '../../checker/secrets/encodings';
import { recognizer } from '../../checker/secrets/known';
import type { SecretValue } from '../../checker/secrets/secret-value';
import type { Secret } from '../../lib/components/secrets';
import type { Environment } from '../../lib/environments/environment';
import { publishedSecrets } from '../../rules/published-secrets';
import { RefusedError } from '../terminal/errors';
import type { Key } from './keys';

/** Fewest different characters of a value, as Django requires. */
const MINIMUM_VARIETY = 5;

/** Placeholders of people and of examples. */
const WELL_KNOWN =
  /change[-_ ]?(?:me|it)|passw[o0]rd|secret|example|django|insecure|postgres|elastic|coped|admin|root|test|letmein|qwerty|12345(?:67890?)?/g;

/** Why a value must not become this secret of an environment, without the value; empty when it may. On a laptop every value may. */
export function weaknesses(
  { minimum, only }: Pick<Secret, 'minimum' | 'only'>,
  value: SecretValue,
  kind: Environment['kind'],
): string[] {
  if (kind === 'local') return [];
  const text = value.reveal('check whether it is good enough');
  const words = text.toLowerCase();
  return [
    text.trim() === '' && 'is empty',
    text.length > 0 && text.length < minimum && `is shorter than ${minimum} characters`,
    /\s/.test(text) && 'has a blank or a line break in it, which some programs cut off',
    only !== undefined &&
      new RegExp(`[^${only.letters}]`).test(text) &&
      `has other characters than ${only.letters}: ${only.why}`,
    isFake(text) && 'is a fake one: it is public in Git',
    (words.replace(WELL_KNOWN, '').length < text.length / 2 || /^django-insecure-/.test(words)) &&
      'is made of words that are tried first',
    text.length >= minimum && isMonotonous(text) && 'repeats itself',
  ].filter((reason) => reason !== false);
}

const isPublished = recognizer(publishedSecrets);

/** Marked as fake, or published, in any way of writing it. */
const isFake = (text: string): boolean =>
  [text, ...decoded(text), ...decoded(text).flatMap(decoded)].some(
    (reading) => /^\s*fake-/i.test(reading) || isPublished(reading),
  );

const isMonotonous = (text: string): boolean =>
  new Set(text).size < MINIMUM_VARIETY || /^(.{1,8})\1+.{0,8}$/.test(text);

/** @throws RefusedError for a weak value; the message does not repeat it */
export function refuseWeak(key: Key, value: SecretValue, { name, kind }: Environment): void {
  const wrong = weaknesses(key, value, kind);
  if (wrong.length === 0) return;
  throw new RefusedError(
    `${key.path}: the value ${wrong.join(', and ')}`,
    `Nothing was stored. \`npx coped secrets ${name} init\` makes a good one`,
  );
}
