/** What a line of a Compose `.env` file says. */
const LINE = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/;
const DOUBLE = /^"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$/;
const SINGLE = /^'([^']*)'\s*(?:#.*)?$/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * The variables of a `.env` file, as Compose reads it: `KEY=VALUE`, `export`, comments, quotes. Of a name that stands there
 * twice the last line counts.
 * @returns the variables, and the numbers of lines that are none
 */
export function dotenv(text: string): { variables: ReadonlyMap<string, string>; unread: readonly number[] } {
  const variables = new Map<string, string>();
  const unread: number[] = [];
  text.split(/\r?\n/).forEach((line, i) => {
    if (/^\s*(#|$)/.test(line)) return;
    const [, name, value] = LINE.exec(line.replace(/^\uFEFF/, '')) ?? [];
    if (name === undefined || value === undefined) unread.push(i + 1);
    else variables.set(name, unquoted(value));
  });
  return { variables, unread };
}

function unquoted(value: string): string {
  const double = DOUBLE.exec(value)?.[1];
  if (double !== undefined) return double.replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);
  const single = SINGLE.exec(value)?.[1];
  // A comment begins after a blank: a password may have a # in it.
  return single ?? value.replace(/(^|\s+)#.*$/, '');
}
