import { decoded } from './encodings';
import type { Recognizer } from './known';

/** Begins a literal; what is computed or filled in begins with $ or a bracket, and %s or a path is none either. */
const LITERAL = '(?![$<{(*/]|%[sd({])';

interface Leak {
  readonly what: string;
  readonly pattern: RegExp;
  /** For patterns that also match ordinary words: whether this is a secret after all. */
  readonly confirm?: (secret: string) => boolean;
}

/** Texts that give a secret away wherever they are. Group 1 is the secret itself. */
const LEAKS: readonly Leak[] = [
  { what: 'a private key', pattern: /-----BEGIN (?:[A-Z0-9]+ )*(PRIVATE KEY)/ },
  // postgres://user:password@host
  { what: 'a URL with a password', pattern: new RegExp(`://[^\\s:/@]*:${LITERAL}([^\\s:/@{}<>]+)@`) },
  {
    what: 'a token',
    pattern: new RegExp(
      `\\b(${[
        'A(?:KIA|SIA)[0-9A-Z]{16}', // Amazon Web Services
        'AIza[\\w-]{35}|ya29\\.[\\w-]{20,}|GOCSPX-[\\w-]{20,}', // Google
        'gh[pousr]_\\w{36,}|github_pat_\\w{22,}|glpat-[\\w-]{20,}', // GitHub, GitLab
        'xox[abeoprs]-[\\w-]{10,}|hooks\\.slack\\.com/services/\\w+/\\w+/\\w+', // Slack
        'npm_[A-Za-z0-9]{36}|pypi-[\\w-]{40,}|dckr_pat_[\\w-]{20,}', // registries
        'hvs\\.[\\w-]{20,}|[rs]k_live_\\w{16,}|SG\\.[\\w-]{16,}\\.[\\w-]{16,}', // Vault, Stripe, SendGrid
        'eyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]+', // JSON Web Token
      ].join('|')})`,
    ),
  },
  { what: 'a token', pattern: /\b[Bb]earer\s+([\w.~+/-]{20,})/ },
  {
    what: 'a user name with a password',
    pattern: /(?:\b[Bb]asic\s+|"auth"\s*:\s*")([A-Za-z0-9+/_-]{8,}={0,2})/,
    confirm: (secret) => /^[^:\ufffd]+:[^\ufffd]+$/.test(Buffer.from(secret, 'base64').toString()),
  },
  // password = 'literal', "password":"literal"
  {
    what: 'a password',
    pattern: new RegExp(
      `(?:[Pp]assw(?:or)?d|PASSW(?:OR)?D|[Ss]ecret|SECRET|[Tt]oken|TOKEN|[Aa]pi[_-]?[Kk]ey|API_?KEY)(?:[_-]?[Kk]ey|_?KEY)?(?:["']?\\s*=\\s*|["']\\s*:\\s*|:\\s+)["']${LITERAL}([^\\s"'$%{}<>()/]{8,})["']`,
    ),
  },
  // --password=literal, DB_PASSWORD=literal, …?password=literal&…
  {
    what: 'a password',
    pattern: new RegExp(
      `(?:[Pp]assw(?:or)?d|PASSW(?:OR)?D|[Pp]assphrase|[Tt]oken|TOKEN|(?:[Ss]ecret|[Aa]pi|[Aa]ccess)[_-]?[Kk]ey|(?:SECRET|API|ACCESS)_?KEY)=${LITERAL}([^\\s"'$%{}<>(),;&*]{4,})(?=[\\s&;"']|$)`,
    ),
  },
  // A line of YAML: password: literal
  {
    what: 'a password',
    pattern: new RegExp(
      `[Pp]assw(?:or)?d:[ \\t]+${LITERAL}(?!(?:true|false|null)\\b)([^\\s"'$%{}<>()/]{6,})[ \\t]*(?:\\n|$)`,
    ),
  },
  // CREATE ROLE … PASSWORD 'literal'; psql fills in PASSWORD :'variable', the colon next to the quote.
  { what: 'a password', pattern: /\bPASSWORD\s+'([^\s'$%{}<>]+)'/ },
];

/** Nesting that is looked through: Base64 in a URL, JSON in Base64, and what is encoded twice. */
const DEPTH = 2;

/** The kind of secret that a text gives away, as it is or encoded; undefined if none. */
export function leakIn(text: string, known?: Recognizer, depth = DEPTH): string | undefined {
  if (known?.(text)) return "a fake secret's value";
  for (const { what, pattern, confirm = () => true } of LEAKS) {
    const secret = pattern.exec(text)?.[1];
    if (secret !== undefined && confirm(secret)) return what;
  }
  if (depth === 0) return undefined;
  for (const result of decoded(text)) {
    const what = leakIn(result, known, depth - 1);
    if (what !== undefined) return what;
  }
  return undefined;
}

const clean = new WeakMap<Recognizer, Set<string>>();

/** Whether any of many texts gives a secret away. Environments say mostly the same: what was clean once is not read again. */
export function anyLeak(texts: Iterable<string>, known: Recognizer): boolean {
  const before = clean.get(known) ?? new Set();
  clean.set(known, before);
  const fresh = [...texts].filter((text) => !before.has(text));
  // All at once is faster than one by one; what is between them is part of no pattern.
  if (leakIn(fresh.join('\n\0\n'), known) !== undefined) return true;
  for (const text of fresh) before.add(text);
  return false;
}
