/** A variable of a Compose `.env` file. */
const LINE = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/s;
/** Quotes that are not closed yet. */
const OPEN = /^[^=]*=\s*(?:"(?:[^"\\]|\\.)*|'[^']*)$/s;
const DOUBLE = /^"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$/s;
const SINGLE = /^'([^']*)'\s*(?:#.*)?$/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * The variables of a `.env` file, as Compose reads it: `KEY=VALUE`, `export`, comments, quotes. The last of several values counts.
 * @returns the variables, and the numbers of other lines
 */
export function dotenv(text: string): { variables: ReadonlyMap<string, string>; unread: readonly number[] } {
  const variables = new Map<string, string>();
  const unread: number[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (let i = 0; i < lines.length; i += 1) {
    const number = i + 1;
    let line = lines[i] ?? '';
    if (/^\s*(#|$)/.test(line)) continue;
    // Of a value in quotes no line is one of its own: it could be half a key, and would be named in messages.
    while (OPEN.test(line) && i + 1 < lines.length) {
      i += 1;
      line += `\n${lines[i]}`;
    }
    const [, name, value] = OPEN.test(line) ? [] : (LINE.exec(line) ?? []);
    if (name === undefined || value === undefined) unread.push(number);
    else variables.set(name, unquoted(value));
  }
  return { variables, unread };
}

function unquoted(value: string): string {
  const double = DOUBLE.exec(value)?.[1];
  if (double !== undefined) return double.replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);
  const single = SINGLE.exec(value)?.[1];
  // A comment begins after a blank: a password may have a # in it.
  return single ?? value.replace(/(^|\s+)#.*$/, '');
}
