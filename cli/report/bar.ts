import { html, type Markup } from './html';

/** Part of a bar, and what a mouse that rests on it is told. */
export interface Part {
  readonly label: string;
  readonly value: number;
}

/**
 * How much of something is used, for the eye only: the numbers stand beside it. A drawing, because the page allows no style
 * in attributes.
 */
export function bar(parts: readonly Part[], whole: number): Markup {
  let from = 0;
  const shapes = parts
    .filter(({ value }) => value > 0)
    .map(({ label, value }, i) => {
      const start = from;
      from += value;
      const [x, width] = [share(start, whole), share(value, whole)];
      return html`<rect class="part${i % 2}" x="${x}" width="${width}" height="8">${label && html`<title>${label}</title>`}</rect>`;
    });
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="room" width="100" height="8"/>${shapes}</svg>`;
}

/** Of hundred, with two digits: the width of the drawing. */
const share = (value: number, whole: number): number =>
  whole > 0 ? Math.round(Math.min(1, value / whole) * 10_000) / 100 : 100;

/** `65 %` */
export const percent = (value: number, whole: number): string =>
  whole > 0 ? `${Math.round((value / whole) * 100)} %` : '–';
