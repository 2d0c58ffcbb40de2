import { escaped, round, text } from '../drawing/elements';
import { label } from '../drawing/marks';
import { sentence } from '../drawing/sentences';
import type { Link, Party } from '../graph/graph';
import type { Curve, Point } from './graphviz';

/** A connection: a line with an arrow, what it means for whoever points at it, and what has become of it. */
export function line(link: Link, curve: Curve, hue: string, parties: ReadonlyMap<string, Party>): string {
  const { points, tip, label: place } = curve;
  const [first, ...rest] = points;
  const told = label(link, parties);
  const kind = link.fate !== 'same' ? link.fate : link.refused ? 'refused' : hue;
  return [
    `<g class="${kind}" data-from="${escaped(link.from)}" data-to="${escaped(link.to)}">`,
    `<title>${escaped(sentence(link))}</title>`,
    `<path class="link" d="M${at(first)}C${rest.map(at).join(' ')}"/>`,
    tip ? arrow(nearest(points, tip), tip) : '',
    told && place ? text('mark', { x: place.x, y: place.y + 4, middle: true }, told) : '',
    '</g>',
  ].join('');
}

const at = (point: Point | undefined): string => `${round(point?.x ?? 0)},${round(point?.y ?? 0)}`;

/** The end of a curve at which the arrow is. */
function nearest(points: readonly Point[], tip: Point): Point {
  const [first, last] = [points[0] ?? tip, points.at(-1) ?? tip];
  const far = (point: Point) => Math.hypot(point.x - tip.x, point.y - tip.y);
  return far(first) < far(last) ? first : last;
}

function arrow(from: Point, tip: Point): string {
  const [dx, dy] = [(tip.x - from.x) / 2, (tip.y - from.y) / 2];
  const [left, right] = [
    { x: from.x - dy, y: from.y + dx },
    { x: from.x + dy, y: from.y - dx },
  ];
  return `<path class="tip" d="M${at(tip)}L${at(left)} ${at(right)}Z"/>`;
}
