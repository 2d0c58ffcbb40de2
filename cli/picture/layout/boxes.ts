import { escaped, rect, text } from '../drawing/elements';
import type { Box } from './box';
import { PLATE_HEIGHT } from './box';
import type { Point } from './graphviz';
import { STACK } from './layout';
import { placeOf } from './straighten';

/** A party: its box, with another one behind it where there are several pods, what is said about it, and its doors. */
export function drawnBox(box: Box, middle: Point): string {
  const { party, width, height, lines, plates } = box;
  const { x, y } = placeOf(box, middle);
  const corner = party.role === 'job' || party.role === 'outsider' ? 18 : 5;
  return [
    `<g class="box ${party.fate}" data-name="${escaped(party.id)}">`,
    ...(party.several ? [rect('ghost', x + STACK, y + STACK, width, height, corner)] : []),
    rect('shape', x, y, width, height, corner),
    ...lines.map(({ text: words, font, fate, y: down }) =>
      text(font, { x: x + width / 2, y: y + down, middle: true, fate }, words),
    ),
    ...plates.flatMap((plate) => {
      const top = plate.side === 'top' ? y : y + height - PLATE_HEIGHT;
      return [
        rect('plate', x + plate.x - plate.width / 2, top, plate.width, PLATE_HEIGHT, 3),
        text('door', { x: x + plate.x, y: top + 14.5, middle: true }, plate.text),
      ];
    }),
    '</g>',
  ].join('\n');
}
