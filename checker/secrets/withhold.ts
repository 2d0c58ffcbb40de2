import { leakIn } from './leaks';
import { promisesSecret } from './names';

// A message is printed, logged and copied into chats: it never repeats what may be a secret. That this also withholds
// some harmless values costs nothing, because the place of each is shown.

/** A value as a message may show it. `where` is a settings key, or an object and a path. */
export const withheld = (value: unknown, where: string): unknown => {
  const setting = /(?:env|data|httpHeaders)\[([^\]]*)\](?:\.value)?$/.exec(where)?.[1];
  const [field = ''] = /[^.\s]*$/.exec(where) ?? [];
  // Everything below `secrets` in an environment; elsewhere what is called a secret.
  const secret = /^secrets\b/.test(where) || promisesSecret(setting ?? field, setting !== undefined);
  return hidden(value, secret);
};

/** A text of a message, without the words that may be secrets. */
export function withheldText(text: string): string {
  const words = text.replace(/[^\s[\]"]+/g, (word) => (suspicious(word) ? instead(word) : word));
  return suspicious(words) ? instead(words) : words;
}

/** Shown in the place of a secret. */
export const WITHHELD = /"(\[secret, \d+ characters\])"/g;
const instead = (text: string): string => `[secret, ${text.length} characters]`;

function hidden(value: unknown, secret: boolean, depth = 0): unknown {
  // Nothing that is written in YAML goes deeper, and what refers to itself never ends.
  if (depth > 20) return '…';
  if (Array.isArray(value)) return value.map((item) => hidden(item, secret, depth + 1));
  if (isPlain(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        withheldText(key),
        hidden(item, secret || promisesSecret(key, false), depth + 1),
      ]),
    );
  }
  // `automountServiceAccountToken: true` is none.
  if (typeof value === 'boolean' || (typeof value !== 'string' && !(secret && value !== undefined)))
    return value;
  const text = String(value);
  return secret || suspicious(text) ? instead(text) : text;
}

/** What YAML has; not a Map, a Date or the instance of a class. */
export const isPlain = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  (Object.getPrototypeOf(value)?.constructor?.name ?? 'Object') === 'Object';

const suspicious = (text: string): boolean => leakIn(text) !== undefined || text.split(/\s/).some(isRandom);

/** The name of an object: `Job/postgres-bootstrap-38332563ae`. */
const OBJECT = /^[A-Z][A-Za-z]+(\.[a-z0-9.-]+)?(\/[a-z0-9.-]+){1,2}:?$/;

/** Looks generated, or like a strong password. Digests are known as such. */
const isRandom = (word: string): boolean =>
  !OBJECT.test(word) &&
  (/(?<!sha\d+:)\b[0-9a-f]{32,}\b/i.test(word) ||
    (word.match(/[A-Za-z0-9+/_-]{16,}/g) ?? []).some(mixed) ||
    (word.length >= 8 && mixed(word) && /[!#$%^&*~?@]/.test(word)));

const mixed = (word: string): boolean => /[a-z]/.test(word) && /[A-Z]/.test(word) && /\d/.test(word);
