import { instance } from '@viz-js/viz';
import { visible } from '../../../formats/visible';
import type { Graph } from '../graph/graph';
import { dotOf } from './dot';
import { styleSheet } from './style';
import { descriptionOf, type Heading, sentence } from './words';

const MARGIN = 20;
const HEAD = 62;
const NOTE = 20;
/** The mean width of a letter in the widest font that systems have by default, in the size of notes. */
const LETTER = 7.3;

/** The shapes of a picture, for a page that has the style sheet. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: string;
}

/** A self-contained picture: no script, no font, no link, its own colours. Graphviz runs as WebAssembly: the same bytes on every machine. */
export async function draw(graph: Graph, heading: Heading): Promise<string> {
  const { width, height, shapes } = await drawing(graph, heading);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">
<title id="title">${escaped(heading.title)}</title>
<desc id="desc">${escaped(descriptionOf(graph))}</desc>
<style>${styleSheet()}</style>
${shapes}
</svg>
`;
}

export async function drawing(graph: Graph, heading: Heading): Promise<Drawing> {
  const svg = (await instance()).renderString(dotOf(graph, heading.isDifference), { format: 'svg' });
  const [, w, h, body = ''] =
    /<svg width="([\d.]+)pt" height="([\d.]+)pt"[^>]*>\n([\s\S]*)<\/svg>/.exec(svg) ?? [];
  const below = MARGIN + HEAD + Math.ceil(Number(h)) + 34;
  const notes = [
    ...graph.notes.map(({ text, change }) => [text, change]),
    ...heading.legend.map((text) => [text, 'same']),
  ];
  const height = below + notes.length * NOTE + MARGIN - 10;
  const longest = Math.max(
    ...[heading.below, ...notes.map(([words = '']) => words)].map(({ length }) => length),
  );
  const width = Math.ceil(Math.max(Number(w), longest * LETTER) + 2 * MARGIN);
  const text = (kind: string, y: number, words: string) =>
    `<text class="${kind}" x="${MARGIN}" y="${y}">${escaped(words)}</text>`;
  const shapes = [
    `<rect class="paper" width="${width}" height="${height}" rx="8"/>`,
    text('head', MARGIN + 18, heading.title),
    text('fact', MARGIN + 42, heading.below),
    `<g transform="translate(${Math.round((width - Number(w)) / 2)} ${MARGIN + HEAD})">`,
    named(body, graph).trim(),
    '</g>',
    ...notes.map(([words = '', change = ''], i) => text(`fact ${change}`, below + i * NOTE, words)),
  ].join('\n');
  return { width, height, shapes };
}

/** Text of a manifest must not become markup. */
const escaped = (words: string): string =>
  visible(words).replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** Graphviz' own names become sentences, and its colours those of the style sheet. */
const named = (body: string, { links }: Graph): string =>
  body
    .replace(/<!--.*?-->\n/gs, '')
    .replace(/<title>[^<]*<\/title>\n/g, '')
    .replace(/<g id="e(\d+)" class="([^"]*)">\n/g, (_, i, name) => {
      const link = links[Number(i)];
      return `<g class="${name}">\n${link ? `<title>${escaped(sentence(link))}</title>\n` : ''}`;
    })
    .replace(/ (id|xml:space|fill|stroke|font-family|font-size|text-decoration)="[^"]*"/g, '');
