import type { Curve, Point } from './graphviz';

const STEPS = 24;

/** Points along a curve, close enough to each other to be taken for straight lines. */
export const sampled = (points: readonly Point[]): Point[] => {
  const samples: Point[] = points.slice(0, 1);
  for (let i = 0; i + 3 < points.length; i += 3) {
    const piece = points.slice(i, i + 4) as [Point, Point, Point, Point];
    for (let step = 1; step <= STEPS; step++) samples.push(bezier(piece, step / STEPS));
  }
  return samples;
};

function bezier([a, b, c, d]: readonly [Point, Point, Point, Point], t: number): Point {
  const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
  const sum = (field: keyof Point) =>
    [a, b, c, d].reduce((total, point, i) => total + point[field] * (weights[i] ?? 0), 0);
  return { x: sum('x'), y: sum('y') };
}

/** How often lines cross. Those that meet at one of their ends do not count there. */
export function crossings(curves: readonly Curve[]): number {
  const lines = curves.map(({ points }) => sampled(points));
  let count = 0;
  for (const [i, one] of lines.entries()) {
    for (const other of lines.slice(i + 1)) count += meetings(one, other);
  }
  return count;
}

function meetings(one: readonly Point[], other: readonly Point[]): number {
  let count = 0;
  for (let i = 1; i < one.length; i++) {
    for (let j = 1; j < other.length; j++) {
      const [a, b, c, d] = [one[i - 1], one[i], other[j - 1], other[j]];
      if (a && b && c && d && cross(a, b, c, d)) count++;
    }
  }
  return count;
}

const cross = (a: Point, b: Point, c: Point, d: Point): boolean =>
  side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;

const side = (a: Point, b: Point, c: Point): number =>
  Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
