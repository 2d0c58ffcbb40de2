import type { Fate } from '../graph/graph';
import type { TextClass } from './style';

export const rect = (
  name: string,
  x: number,
  y: number,
  width: number,
  height: number,
  corner: number,
): string =>
  `<rect class="${name}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${corner}"/>`;

export function text(
  font: TextClass,
  { x, y, middle = false, fate = 'same' }: { x: number; y: number; middle?: boolean; fate?: Fate },
  words: string,
): string {
  const anchor = middle ? ' text-anchor="middle"' : '';
  const kind = fate === 'same' ? font : `${font} ${fate}`;
  return `<text class="${kind}" x="${round(x)}" y="${round(y)}"${anchor}>${escaped(words)}</text>`;
}

/** Nobody sees less than a tenth of a pixel, and every digit costs a byte. */
export const round = (number: number): number => Math.round(number * 10) / 10;

/** Nothing of what a manifest says may become markup. */
export const escaped = (words: string): string =>
  words.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
