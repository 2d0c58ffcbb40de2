import { rect, text } from '../drawing/elements';
import { FONTS } from '../drawing/style';
import { sampled } from './crossings';
import type { Curve } from './graphviz';
import { AREA_LABEL, AREA_MARGIN } from './layout';
import { isIn, type Rectangle } from './rectangle';
import { widthOf } from './text-width';

const STEP = 10;

/** A tier: what stands in it is drawn later, and so above it. */
export const zone = ({ x, y, width, height }: Rectangle): string => rect('zone', x, y, width, height, 10);

/** Its name in its upper edge, as far left as no line runs through it. */
export function zoneName(name: string, area: Rectangle, curves: readonly Curve[]): string {
  const points = curves.flatMap((curve) => sampled(curve.points));
  const room = { width: widthOf(name, FONTS.area), height: FONTS.area.size };
  const y = area.y + AREA_LABEL;
  let x = area.x + AREA_MARGIN;
  for (let at = x; at + room.width < area.x + area.width - AREA_MARGIN; at += STEP) {
    if (points.some((point) => isIn(point, { ...room, x: at, y: y - room.height }, 6))) continue;
    x = at;
    break;
  }
  return text('area', { x, y }, name);
}
