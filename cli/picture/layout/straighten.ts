import type { Link } from '../graph/graph';
import type { Box } from './box';
import { sampled } from './crossings';
import type { Curve, Point } from './graphviz';
import { STACK } from './layout';
import { isIn, type Rectangle } from './rectangle';

/** Lines keep away from boxes by this. */
const AWAY = 8;

/**
 * Graphviz takes its lines around boxes, with bends that one does not always need: where the simplest curve from one end to
 * the other touches no box, it is easier to follow.
 */
export const straightened = (
  links: readonly Link[],
  curves: readonly Curve[],
  places: ReadonlyMap<string, Rectangle>,
): Curve[] =>
  curves.map((curve, i) => {
    const simple = simplest(curve);
    const isFree = [...places].every(([id, place]) => {
      // Its own two boxes are where it begins and ends.
      const away = id === links[i]?.from || id === links[i]?.to ? -1 : AWAY;
      return !sampled(simple.points).some((point) => isIn(point, place, away));
    });
    return isFree ? simple : curve;
  });

/** A box with the pods behind it, on the paper. */
export function placeOf({ party, width, height }: Box, middle: Point): Rectangle {
  const [w, h] = party.several ? [width + STACK, height + STACK] : [width, height];
  return { x: middle.x - w / 2, y: middle.y - h / 2, width: w, height: h };
}

const ARROW = 9;

/** Leaves and arrives upright; what Graphviz leaves for the arrow may lie beside its tip. */
function simplest(curve: Curve): Curve {
  const { points, tip } = curve;
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return curve;
  const back = tip !== undefined && Math.abs(first.y - tip.y) < Math.abs(last.y - tip.y);
  const down = Math.sign(last.y - first.y);
  const from = back && tip ? { x: tip.x, y: tip.y + down * ARROW } : first;
  const to = tip && !back ? { x: tip.x, y: tip.y - down * ARROW } : last;
  const bend = (to.y - from.y) * 0.5;
  return { ...curve, points: [from, { x: from.x, y: from.y + bend }, { x: to.x, y: to.y - bend }, to] };
}
