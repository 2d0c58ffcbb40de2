import { visible } from '../../formats/visible';

/** Text that is HTML already. `html` makes it, so everything else in a page is escaped; a picture escapes its words itself. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Piece = string | number | undefined | Markup | readonly Piece[];

/** A template whose every value is escaped, unless it comes from such a template itself. */
export const html = (parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup =>
  new Markup(parts.map((part, i) => part + textOf(pieces[i])).join(''));

/** A sentence of ours, with code between backticks. */
export const inCode = (text: string): Piece =>
  text.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part));

/** A table whose first column names its rows. */
export const table = (head: readonly Piece[], rows: readonly (readonly Piece[])[]): Markup =>
  html`<table><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([
      name,
      ...cells
    ]) => html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
  )}</tbody></table>
`;

/** Text as it must be between tags, and in an attribute between quotes. */
const escaped = (text: string): string =>
  visible(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

function textOf(piece: Piece): string {
  if (piece === undefined) return '';
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === 'object') return piece.map(textOf).join('');
  return escaped(String(piece));
}
