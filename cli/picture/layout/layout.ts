import { label as labelOf } from '../drawing/marks';
import { FONTS } from '../drawing/style';
import type { Graph, Link, Party } from '../graph/graph';
import { type Box, isUpward, PLATE_HEIGHT, type Plate } from './box';
import type { Room } from './mark-places';
import { widthOf } from './text-width';

/** How far the pods behind the first one stick out. */
export const STACK = 6;
export const AREA_LABEL = 20;
/** Around the boxes of an area. Boxes stand far enough from each other for two areas to have paper between them. */
export const AREA_MARGIN = 11;

/** What a graph's parties are called here: their own names may mean something to Graphviz. */
export const nodeNames = (parties: readonly Party[]): ReadonlyMap<string, string> =>
  new Map(parties.map(({ id }, i) => [id, `n${i}`]));

/**
 * A graph for Graphviz, which is to say where things stand and how lines run, and nothing else: all sizes are given, for
 * it has no fonts here and could only guess them.
 */
export function dotOf({ parties, links }: Graph, boxes: ReadonlyMap<string, Box>): string {
  const byId = new Map(parties.map((party) => [party.id, party]));
  const areas = areasOf(parties);
  const names = nodeNames(parties);
  const inArea = (area?: string) =>
    parties
      .filter((party) => party.area === area)
      .map((party) => `${names.get(party.id)} ${nodeOf(boxes.get(party.id))}`);
  return [
    'digraph {',
    'graph [rankdir=TB newrank=true nodesep=0.42 ranksep=1.1 margin=0 pad=0]',
    'node [shape=none margin=0] edge [arrowsize=0.9]',
    ...inArea(undefined),
    ...areas.flatMap((area, i) => [
      `subgraph cluster_${i} {`,
      `graph [margin=${AREA_MARGIN} labeljust=l label=${space(widthOf(area, FONTS.area), AREA_LABEL)}]`,
      ...inArea(area),
      '}',
    ]),
    ...links.map((link, i) => edgeOf(link, byId, boxes, names, i)),
    '}',
  ].join('\n');
}

/** The tiers, in the order in which they are written. */
export const areasOf = (parties: readonly Party[]): string[] => [
  ...new Set(parties.flatMap(({ area }) => area ?? [])),
];

/** Room of a given size, which is a table of one empty cell. */
const space = (width: number, height: number): string => `<${table(`<TR>${cell(width, height)}</TR>`)}>`;

const table = (rows: string): string =>
  `<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">${rows}</TABLE>`;

const cell = (width: number, height: number, port = ''): string =>
  `<TD FIXEDSIZE="TRUE" WIDTH="${Math.round(width)}" HEIGHT="${Math.round(height)}"${port}></TD>`;

/** A box with a place for each plate, because lines have to end there. */
function nodeOf(box: Box | undefined): string {
  if (!box) return '';
  const stack = box.party.several ? STACK : 0;
  const [width, height] = [box.width + stack, box.height + stack];
  const rows = (['top', 'bottom'] as const).map((side) => plateRow(box, side, width));
  const rest = height - rows.filter(Boolean).length * PLATE_HEIGHT;
  const [top, bottom] = rows.map((row) => row && `<TR><TD>${table(`<TR>${row}</TR>`)}</TD></TR>`);
  return `[label=<${table(`${top}<TR>${cell(width, rest)}</TR>${bottom}`)}>]`;
}

/** Cells as wide as needed for the middle of each plate to be the middle of its cell. */
function plateRow({ plates }: Box, side: Plate['side'], width: number): string {
  let x = 0;
  const cells = plates.flatMap((plate, i) => {
    if (plate.side !== side) return [];
    const left = Math.round(plate.x - plate.width / 2);
    const gap = left - x;
    x = left + plate.width;
    return [cell(gap, PLATE_HEIGHT), cell(plate.width, PLATE_HEIGHT, ` PORT="p${i}"`)];
  });
  return cells.length > 0 ? [...cells, cell(width - x, PLATE_HEIGHT)].join('') : '';
}

/** For what is written at a line. */
export function roomFor(link: Link, parties: ReadonlyMap<string, Party>): Room {
  const told = labelOf(link, parties);
  return told === undefined
    ? { width: 0, height: 0 }
    : { width: Math.ceil(widthOf(told, FONTS.mark)) + 4, height: 16 };
}

function edgeOf(
  link: Link,
  parties: ReadonlyMap<string, Party>,
  boxes: ReadonlyMap<string, Box>,
  names: ReadonlyMap<string, string>,
  i: number,
): string {
  const { from, to, door, via } = link;
  const end = (id: string, text: string | undefined, side: Plate['side']): string => {
    const plates = boxes.get(id)?.plates ?? [];
    const plate = plates.findIndex((one) => one.side === side && one.text === text);
    return `${names.get(id)}${plate < 0 ? '' : `:p${plate}`}:${side === 'top' ? 'n' : 's'}`;
  };
  const upward = isUpward(link, parties);
  const [upper, lower] = upward
    ? [end(to, door, 'bottom'), end(from, undefined, 'top')]
    : [end(from, via, 'bottom'), end(to, door, 'top')];
  const room = roomFor(link, parties);
  const label = room.width > 0 ? ` label=${space(room.width + 20, room.height + 4)}` : '';
  return `${upper} -> ${lower} [id=${i}${upward ? ' dir=back' : ''}${label}]`;
}
