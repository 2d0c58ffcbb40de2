import { html, type Markup, type Piece } from './html';

// Narrow screens show each row as a card, with the heading of its column before each value. To a screen reader it must stay
// a table nevertheless: that is what the roles are for, which would otherwise be said twice.

/** A table whose first column names its rows. */
export const table = (
  caption: Piece,
  head: readonly Piece[],
  rows: readonly Markup[],
  style = 'cards',
): Markup =>
  html`<table role="table" class="${style}"><caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${head.map((cell) => html`<th role="columnheader" scope="col">${cell}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows}</tbody></table>
`;

/** A row of it: its name, and its values with the headings of their columns. */
export const row = (name: Piece, cells: readonly (readonly [heading: string, value: Piece])[]): Markup =>
  html`<tr role="row"><th role="rowheader" scope="row">${name}</th>${cells.map(
    ([heading, value]) => html`<td role="cell" data-head="${heading}">${value}</td>`,
  )}</tr>
`;
