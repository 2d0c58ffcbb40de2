/** Text that is HTML already. `html` makes it, so whatever else goes into a page is escaped; a picture escapes its words itself. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Piece = string | number | undefined | Markup | readonly Piece[];

/** A template whose every value is escaped, unless it comes from such a template itself. */
export const html = (parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup =>
  new Markup(parts.map((part, i) => part + textOf(pieces[i])).join(''));

/** A sentence of ours, in which code stands between backticks. */
export const inCode = (text: string): Piece =>
  text.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part));

/** Text as it must stand between tags, and in an attribute between quotes. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function textOf(piece: Piece): string {
  if (piece === undefined) return '';
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === 'object') return piece.map(textOf).join('');
  return escaped(String(piece));
}
