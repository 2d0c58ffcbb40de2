import { sampled } from './crossings';
import type { Curve, Point } from './graphviz';
import { grown, isIn, overlap, type Rectangle } from './rectangle';

/** Of something whose place is not known yet. */
export type Room = Pick<Rectangle, 'width' | 'height'>;

/** Words keep away from boxes, lines and other words by this. */
const AWAY = 3;
/** Farther from its line, a word belongs to nobody. */
const NEAR = 14;

/**
 * Finds a place beside each line for what is written at it: where Graphviz left room, or else anywhere along the line, where
 * it lies on nothing else.
 *
 * @param rooms how much room each line needs; none, where nothing is written
 */
export function placeMarks(
  curves: readonly Curve[],
  rooms: readonly Room[],
  boxes: readonly Rectangle[],
): Curve[] {
  const lines = curves.map(({ points }) => sampled(points));
  const taken: Rectangle[] = [];
  return curves.map((curve, i) => {
    const { width = 0, height = 0 } = rooms[i] ?? {};
    if (width === 0) return curve;
    const troubles = (at: Point): number => {
      const place = around(at, width, height);
      return (
        [...boxes, ...taken].filter((other) => overlap(place, grown(other, AWAY))).length +
        lines.filter((line) => line.some((point) => isIn(point, place, AWAY))).length
      );
    };
    const best = candidates(curve, lines[i] ?? [], { width, height })
      .map((at) => ({ at, count: troubles(at) }))
      .reduce((one, other) => (other.count < one.count ? other : one));
    taken.push(around(best.at, width, height));
    return { ...curve, label: best.at };
  });
}

/** First where Graphviz says, then from the middle of the line to its ends, on every side. */
function candidates(curve: Curve, line: readonly Point[], { width, height }: Room): Point[] {
  const [x, y] = [width, height].map((size) => size / 2 + AWAY + 2) as [number, number];
  const sides = [
    { x, y: 0 },
    { x: -x, y: 0 },
    { x: 0, y: -y },
    { x: 0, y },
    ...[x, -x].flatMap((across) =>
      [0.7, 1, 1.4].flatMap((far) => [-y, y].map((down) => ({ x: far * across, y: 0.8 * down }))),
    ),
  ];
  const middle = Math.floor(line.length / 2);
  const along = line.flatMap((_, i) => {
    const point = line[middle + (i % 2 === 0 ? i / 2 : -(i + 1) / 2)];
    return point ? sides.map((side) => ({ x: point.x + side.x, y: point.y + side.y })) : [];
  });
  // A line that was straightened may have left Graphviz's room behind.
  const room = curve.label && around(curve.label, width, height);
  const isNear = room && line.some((point) => isIn(point, room, NEAR));
  return [...(curve.label && isNear ? [curve.label] : []), ...along];
}

const around = ({ x, y }: Point, width: number, height: number): Rectangle => ({
  x: x - width / 2,
  y: y - height / 2,
  width,
  height,
});
