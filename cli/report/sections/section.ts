import { html, type Markup, type Piece } from '../html';

/** A part of the page: a heading, a sentence that says what it shows, and what it shows. */
export interface Section {
  /** What an address ends with to lead there: `#flows`. */
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

export const show = ({ id, title, body }: Section): Markup =>
  html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${body}</section>
`;

/** What stands below a heading. */
export const lead = (...text: readonly Piece[]): Markup => html`<p class="lead">${text}</p>
`;

/** `a, b and c` */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? 'none') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
