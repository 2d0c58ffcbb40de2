/** What a terminal or a browser obeys instead of showing it, or what no one sees; but not whether a sign is drawn in colours. */
const HIDDEN = /(?![\uFE00-\uFE0F])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}]/gu;

/** Colours of programs, and the line ends of Windows. */
const NEEDLESS = new RegExp(`${String.fromCharCode(0x1b)}\\[[\\d;:]*m|\\r(?=\\n)`, 'g');

/** As JSON writes it, so that JSON with such signs stays the same JSON. */
const escaped = (sign: string): string =>
  sign
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/** A text of others as a line, or a part of one: it neither moves the cursor, nor reorders what follows, nor begins another line. */
export const oneLine = (text: string): string => text.replace(HIDDEN, escaped);

/** A text of others that may have several lines, and tabs. */
export const visible = (text: string): string =>
  text.replace(NEEDLESS, '').replace(HIDDEN, (sign) => ('\n\t'.includes(sign) ? sign : escaped(sign)));
