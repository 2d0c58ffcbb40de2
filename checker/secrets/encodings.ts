// How a text is written down in other words: Base64, URL-encoding, hexadecimal digits, JSON's escapes.

/**
 * Runs of Base64 that begin as a text does: of every three bytes the first decides the first of four characters, and for
 * letters, digits and signs that is C to Z, a to f or w to z. Most words are no such run. Once for each alphabet, because
 * what is part of a run in one is between runs in the other: /api/c2VjcmV0.
 */
const BASE64 = [
  /(?<![A-Za-z0-9+/])(?:[C-Za-fw-z][A-Za-z0-9+/]{3}){3}[A-Za-z0-9+/]*/g,
  /(?<![A-Za-z0-9_-])(?:[C-Za-fw-z][A-Za-z0-9_-]{3}){3}[A-Za-z0-9_-]*/g,
];
/** Lines of Base64, as in PEM files and as `base64` prints it. */
const LINES = /(?:^[ \t]*[A-Za-z0-9+/_-]{20,}[ \t]*\n)+[ \t]*[A-Za-z0-9+/_=-]+$/gm;
/** Digits alone, and with a colon between two, as OpenSSL prints them. */
const HEX = /\b(?:[0-9a-f]{2}){8,}\b|\b(?:[0-9a-f]{2}:){7,}[0-9a-f]{2}\b/gi;
/** A line with `\u0070`, as JSON writes what is no ASCII, and may write anything. */
const UNICODE = /^.*(?:\\u[0-9a-f]{4}){4}.*$/gim;
const PERCENT = /%[0-9a-f]{2}/i;
/** A line of JSON inside a text of JSON. */
const ESCAPED = /^.*\\".*$/gm;

/** What no text has: ASCII's control characters, and what is no UTF-8. Hashes, images and certificates decode to such. */
const UNREADABLE = /[^\P{Cc}\t\n\r\x80-\x9f]|\ufffd/u;

/** A text, or a part of it, decoded once. */
export function decoded(text: string): string[] {
  const whole = text.replaceAll(LINES, (lines) => lines.replaceAll(/\s/g, ''));
  const runs = new Set(BASE64.flatMap((alphabet) => whole.match(alphabet) ?? []));
  const words = PERCENT.test(text) ? text.split(/\s/).filter((word) => PERCENT.test(word)) : [];
  return [
    ...[...runs].map((run) => Buffer.from(run, 'base64').toString()),
    ...(text.match(HEX) ?? []).map((run) => Buffer.from(run.replaceAll(':', ''), 'hex').toString()),
    ...(text.match(UNICODE) ?? []).map((line) => line.replaceAll(/\\u([0-9a-f]{4})/gi, fromUnicode)),
    ...words.map((word) => word.replace(/(?:%[0-9a-f]{2})+/gi, fromPercent)),
    ...(text.match(ESCAPED) ?? []).map((line) => line.replaceAll('\\n', '\n').replace(/\\(.)/g, '$1')),
  ].filter((result) => !UNREADABLE.test(result));
}

const fromUnicode = (_: string, digits: string): string => String.fromCharCode(Number.parseInt(digits, 16));

const fromPercent = (run: string): string => Buffer.from(run.replaceAll('%', ''), 'hex').toString();

/** Every way in which a text may be inside another one. */
export function encoded(text: string): string[] {
  const hex = Buffer.from(text).toString('hex');
  const base64 = [0, 1, 2].map((before) => insideBase64(text, before));
  return [
    text,
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((run) => run.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

/** The characters that are the same whatever is around; Base64 reads three bytes at a time, so 0 to 2 are before. */
const insideBase64 = (text: string, before: number): string => {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
  return bytes.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
};
