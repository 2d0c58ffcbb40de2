import { assignsSecret } from './assignments';
import { decoded } from './encodings';
import { PASSWORD_HASH, PRIVATE_KEY, TOKEN } from './formats';
import type { Recognizer } from './known';

interface Leak {
  readonly what: string;
  readonly isIn: (text: string) => boolean;
}

/** Begins a literal; what is computed or filled in begins with $ or a bracket, and %s or a path is none either. */
const LITERAL = '(?![$<{(*/]|%[sd({])';
// postgres://user:password@host, https://key@sentry.io
const URL = new RegExp(`://(?:[^\\s:/@]*:${LITERAL}[^\\s:/@{}<>]+|[0-9a-f]{24,})@`);
const BASIC = /(?:\b[Bb]asic\s+|"auth"\s*:\s*")([A-Za-z0-9+/_-]{8,}={0,2})/;

/** Texts that give a secret away wherever they are. */
const LEAKS: readonly Leak[] = [
  { what: 'a private key', isIn: (text) => PRIVATE_KEY.test(text) },
  { what: 'a URL with a password', isIn: (text) => URL.test(text) },
  { what: 'a token', isIn: (text) => TOKEN.test(text) || /\b[Bb]earer\s+[\w.~+/-]{20,}/.test(text) },
  {
    what: 'a user name with a password',
    isIn: (text) => {
      const [, pair = ''] = BASIC.exec(text) ?? [];
      return /^[^:\ufffd]+:[^\ufffd]+$/.test(Buffer.from(pair, 'base64').toString());
    },
  },
  { what: 'a password', isIn: (text) => assignsSecret(text) || PASSWORD_HASH.test(text) },
];

/** Nesting that is looked through: Base64 in a URL, JSON in Base64, and what is encoded twice. */
const DEPTH = 2;

/** The kind of secret that a text gives away, as it is or encoded; undefined if none. */
export function leakIn(text: string, known?: Recognizer, depth = DEPTH): string | undefined {
  if (known?.(text)) return "a fake secret's value";
  const leak = LEAKS.find(({ isIn }) => isIn(text));
  if (leak) return leak.what;
  if (depth === 0) return undefined;
  const results = decoded(text);
  if (results.length > 1 && leakIn(together(results), known, depth - 1) === undefined) return undefined;
  for (const result of results) {
    const what = leakIn(result, known, depth - 1);
    if (what !== undefined) return what;
  }
  return undefined;
}

/** All at once is faster than one by one; what stands between them is part of no pattern. */
const together = (texts: readonly string[]): string => texts.join('\n\0\n');

const clean = new WeakMap<Recognizer, Set<string>>();

/** Whether any of many texts gives a secret away. Environments say mostly the same: what was clean once is not read again. */
export function anyLeak(texts: Iterable<string>, known: Recognizer): boolean {
  const before = clean.get(known) ?? new Set();
  clean.set(known, before);
  const fresh = [...texts].filter((text) => !before.has(text));
  if (leakIn(together(fresh), known) !== undefined) return true;
  for (const text of fresh) before.add(text);
  return false;
}
