// The YAML is the product, so how it reads is decided here: block style throughout, quotes only where a text would be
// read as something else, scripts as they were written. docs/decisions/0009-how-yaml-is-written.md

/** One document, for anything that JSON can say. Keys keep their order; what is undefined is left out. */
export function toYaml(value: unknown): string {
  const lines: string[] = [];
  if (isLeaf(value)) lines.push(inline(value));
  else block(lines, value, '');
  return `${lines.join('\n')}\n`;
}

type Fields = Record<string, unknown>;

function block(lines: string[], value: object, indent: string): void {
  if (Array.isArray(value)) for (const item of value) element(lines, item, indent);
  else for (const key of Object.keys(value)) field(lines, key, (value as Fields)[key], indent);
}

function field(lines: string[], key: string, value: unknown, indent: string): void {
  if (value === undefined) return;
  const start = `${indent}${scalar(key)}:`;
  if (isLeaf(value)) {
    entry(lines, `${start} `, value, indent);
  } else {
    lines.push(start);
    block(lines, value, `${indent}  `);
  }
}

function element(lines: string[], item: unknown, indent: string): void {
  if (isLeaf(item)) {
    entry(lines, `${indent}- `, item, indent);
  } else {
    // The dash stands in the indentation of the first line.
    const first = lines.length;
    block(lines, item, `${indent}  `);
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
const isLeaf = (value: unknown): value is unknown => !isNested(value);

const isNested = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.values(value).some((child) => child !== undefined);

const inline = (value: unknown): string =>
  typeof value === 'string' ? scalar(value) : JSON.stringify(value === undefined ? null : value);

const scalar = (text: string): string => (isPlain(text) ? text : quoted(text));

/** JSON's strings are YAML's, but for a few invisible characters that JSON leaves as they are. */
const quoted = (text: string): string =>
  JSON.stringify(text).replace(/[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });

const PRINTABLE = /^[\t\n\x20-\x7e\xa1-\u2027\u2030-\ud7ff]*$/;

/** Several lines that can stand as they are: no blanks where they would be lost, or taken for indentation. */
const isLiteral = (text: string): boolean =>
  text.includes('\n') && PRINTABLE.test(text) && /^\S/.test(text) && !/[ \t]\n|[ \t]$|\n\n$/.test(text);

/** Needs no quotes: begins with no indicator, holds neither ": " nor " #", and is no other type. */
const isPlain = (text: string): boolean =>
  PRINTABLE.test(text) &&
  !/[\t\n]|: | #|[: ]$/.test(text) &&
  /^(?:[\w./$()<=^~+;\\\xa1-\ud7ff]|-[\w./-])/.test(text) &&
  !AMBIGUOUS.test(text);

/** Would be read as nothing, a truth value, a number, a time or a date, by YAML 1.1 or 1.2. */
const AMBIGUOUS =
  /^(?:~|null|true|false|yes|no|on|off|y|n|=|<<|---.*|\.\.\..*|[-+]?\.(?:inf|nan)|[-+.]?[\d._][\d._,:+-]*(?:e[-+]?\d+)?|[-+]?0[xob][\da-f_]+|\d{4}-\d\d?-\d\d?.*)$/i;
