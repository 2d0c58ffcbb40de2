import type { Fact, Graph, Link } from '../graph/graph';
import { zone, zoneName } from '../layout/area';
import type { Layout } from '../layout/arrange';
import { drawnBox } from '../layout/boxes';
import { areasOf } from '../layout/layout';
import { line } from '../layout/line';
import { widthOf } from '../layout/text-width';
import { escaped, rect, text } from './elements';
import type { Heading } from './heading';
import { marked } from './marks';
import { descriptionOf } from './sentences';
import { FONTS, HUES, styleSheet } from './style';

const MARGIN = 20;
const HEAD = 62;
const NOTE = 20;

/** A picture that stands for itself: no script, no font, no link, its own colours. */
export function svgOf(graph: Graph, layout: Layout, heading: Heading): string {
  const { width, height, shapes } = drawing(graph, layout, heading);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escaped(heading.title)}</title>`,
    `<desc id="desc">${escaped(descriptionOf(graph))}</desc>`,
    `<style>${styleSheet()}</style>`,
    ...shapes,
    '</svg>',
    '',
  ].join('\n');
}

/** What is on the paper, for whoever has a style sheet already. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly string[];
}

export function drawing(graph: Graph, { boxes, placed }: Layout, heading: Heading): Drawing {
  const { parties, links } = graph;
  const notes = [
    ...graph.notes,
    ...heading.legend.map((words): Fact => ({ key: '', text: words, fate: 'same' })),
  ];
  const needed = Math.max(
    placed.width,
    widthOf(heading.title, FONTS.head),
    ...[heading.below, ...notes.map((note) => note.text)].map((words) => widthOf(words, FONTS.fact)),
  );
  const width = Math.ceil(needed + 2 * MARGIN);
  const below = Math.ceil(MARGIN + HEAD + placed.height + 34);
  const height = below + notes.length * NOTE + MARGIN - 10;
  const areas = areasOf(parties);
  const byId = new Map(parties.map((party) => [party.id, party]));
  const called = [...new Set(links.map(({ to }) => to))];
  const hueOf = (to: string) => (heading.isDifference ? 'same' : `h${called.indexOf(to) % HUES}`);
  const shapes = [
    rect('paper', 0, 0, width, height, 8),
    text('head', { x: MARGIN, y: MARGIN + 18 }, heading.title),
    text('fact', { x: MARGIN, y: MARGIN + 42 }, heading.below),
    `<g transform="translate(${Math.round((width - placed.width) / 2)} ${MARGIN + HEAD})">`,
    ...placed.areas.map(zone),
    ...lastIsSeen(links).flatMap((link) => {
      const curve = placed.curves[links.indexOf(link)];
      return curve ? [line(link, curve, hueOf(link.to), byId)] : [];
    }),
    ...placed.areas.map((area, i) => zoneName(areas[i] ?? '', area, placed.curves)),
    ...parties.flatMap(({ id }) => {
      const [box, middle] = [boxes.get(id), placed.nodes.get(id)];
      return box && middle ? [drawnBox(box, middle)] : [];
    }),
    '</g>',
    ...notes.map(({ text: words, fate }, i) =>
      text('fact', { x: MARGIN, y: below + i * NOTE, fate }, marked(words, fate)),
    ),
  ];
  return { width, height, shapes };
}

/** Many arrows may end at one port. What is drawn last lies over the others: what has changed. */
const lastIsSeen = (links: readonly Link[]): Link[] => [
  ...links.filter(({ fate }) => fate === 'same'),
  ...links.filter(({ fate }) => fate !== 'same'),
];
