// The YAML is the product, so how it reads is decided here: block style throughout, quotes only where a text would be
// read as something else, scripts as they were written. docs/decisions/0009-how-yaml-is-written.md

/**
 * One document, for anything that JSON can say. An object's `name` and `namespace` come first, other keys keep their order;
 * what is undefined is left out.
 *
 * @param comments path of a value (`spec.ingress.0`) → the comment above it
 */
export function toYaml(value: unknown, comments: ReadonlyMap<string, string> = new Map()): string {
  const lines: string[] = [];
  if (isLeaf(value)) lines.push(inline(value));
  else block(lines, value, '', { path: '', comments });
  return `${lines.join('\n')}\n`;
}

type Fields = Readonly<Record<string, unknown>>;

interface Place {
  readonly path: string;
  readonly comments: ReadonlyMap<string, string>;
}

const NOWHERE: Place = { path: '', comments: new Map() };

const below = ({ path, comments }: Place, key: string | number): Place =>
  comments.size === 0 ? NOWHERE : { path: path === '' ? `${key}` : `${path}.${key}`, comments };

const NAMES: readonly string[] = ['name', 'namespace'];
const NONE: readonly string[] = [];

function block(lines: string[], value: object, indent: string, place: Place): void {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) element(lines, value[i], indent, below(place, i));
    return;
  }
  const fields = value as Fields;
  // The name first: it is what people look for.
  const first = typeof fields.name === 'string' ? NAMES : NONE;
  for (const key of first) field(lines, key, fields[key], indent, below(place, key));
  for (const key of Object.keys(fields))
    if (!first.includes(key)) field(lines, key, fields[key], indent, below(place, key));
}

function field(lines: string[], key: string, value: unknown, indent: string, place: Place): void {
  if (value === undefined) return;
  const start = `${indent}${scalar(key)}:`;
  if (isLeaf(value)) {
    entry(lines, `${start} `, value, indent);
  } else {
    lines.push(start);
    block(lines, value, `${indent}  `, place);
  }
}

function element(lines: string[], item: unknown, indent: string, place: Place): void {
  const comment = place.comments.get(place.path);
  if (comment !== undefined) lines.push(`${indent}# ${comment}`);
  if (isLeaf(item)) {
    entry(lines, `${indent}- `, item, indent);
  } else {
    // The dash is in the indentation of the first line.
    const first = lines.length;
    block(lines, item, `${indent}  `, place);
    lines[first] = `${indent}- ${lines[first]?.slice(indent.length + 2)}`;
  }
}

/** A value that fits on its line, or a text of several lines. */
function entry(lines: string[], start: string, value: unknown, indent: string): void {
  if (typeof value === 'string' && isLiteral(value)) {
    const body = value.replace(/\n$/, '').split('\n');
    lines.push(`${start}${value.endsWith('\n') ? '|' : '|-'}`);
    for (const line of body) lines.push(line === '' ? '' : `${indent}  ${line}`);
  } else {
    lines.push(start + inline(value));
  }
}

/** Needs no block of its own: a scalar, an empty list, an object without a field. */
function isLeaf(value: unknown): value is unknown {
  if (typeof value !== 'object' || value === null) return true;
  for (const key in value) if ((value as Fields)[key] !== undefined) return false;
  return true;
}

const inline = (value: unknown): string =>
  typeof value === 'string' ? scalar(value) : JSON.stringify(value === undefined ? null : value);

const scalar = (text: string): string => (isPlain(text) ? text : quoted(text));

/** JSON's strings are YAML's, but for a few invisible characters that JSON leaves as they are. */
const quoted = (text: string): string =>
  JSON.stringify(text).replace(/[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });

const PRINTABLE = /^[\t\n\x20-\x7e\xa1-\u2027\u2030-\ud7ff]*$/;

/** Several lines that can be written as they are: no blanks where they would be lost, or taken for indentation. */
const isLiteral = (text: string): boolean =>
  text.includes('\n') && PRINTABLE.test(text) && /^\S/.test(text) && !/[ \t]\n|[ \t]$|\n\n$/.test(text);

/** A word, a name or a path: most texts, so it is asked first. */
const SIMPLE = /^(?!(?:null|true|false|yes|no|on|off|y|n)$)[a-z][\w./-]*$/i;

/** Needs no quotes: begins with no indicator, holds neither ": " nor " #", and is no other type. */
const isPlain = (text: string): boolean =>
  SIMPLE.test(text) ||
  (PRINTABLE.test(text) &&
    !/[\t\n]|: | #|[: ]$/.test(text) &&
    /^(?:[\w./$()<=^~+;\\\xa1-\ud7ff]|-[\w./-])/.test(text) &&
    !AMBIGUOUS.test(text));

/** Would be read as nothing, a truth value, a number, a time or a date, by YAML 1.1 or 1.2. */
const AMBIGUOUS =
  /^(?:~|null|true|false|yes|no|on|off|y|n|=|<<|---.*|\.\.\..*|[-+]?\.(?:inf|nan)|[-+.]?[\d._][\d._,:+-]*(?:e[-+]?\d+)?|[-+]?0[xob][\da-f_]+|\d{4}-\d\d?-\d\d?.*)$/i;
