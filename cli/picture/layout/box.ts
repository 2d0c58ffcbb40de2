import { grouped } from '../../../checker/manifests/grouped';
import { marked } from '../drawing/marks';
import { FONTS, type TextClass } from '../drawing/style';
import type { Fate, Graph, Link, Party } from '../graph/graph';
import { widthOf } from './text-width';

/** A line of text in a box, from the box's top left corner. */
export interface Line {
  readonly text: string;
  readonly font: TextClass;
  readonly fate: Fate;
  /** Its baseline. */
  readonly y: number;
}

/** Where connections end, or routes begin: a plate with a port or a path on it. */
export interface Plate {
  readonly text: string;
  readonly side: 'top' | 'bottom';
  /** Of its middle, from the box's left. */
  readonly x: number;
  readonly width: number;
}

/** A party as it will be drawn, before anybody knows where. */
export interface Box {
  readonly party: Party;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
  readonly plates: readonly Plate[];
}

export const PLATE_HEIGHT = 20;
const PADDING = 14;
const LINE = 19;
const NAME = 22;
const BETWEEN = 10;

/**
 * Whether a line goes up. Everybody stands above whom he calls, except jobs in the tier of what they prepare: they would
 * push their way between the tiers.
 */
export const isUpward = ({ from, to }: Link, parties: ReadonlyMap<string, Party>): boolean => {
  const [caller, called] = [parties.get(from), parties.get(to)];
  return caller?.role === 'job' && caller.area !== undefined && caller.area === called?.area;
};

/**
 * @param xOf where the others stand, as far as that is known: plates are in their order, so that lines need not cross
 */
export function boxOf(party: Party, { parties, links }: Graph, xOf: (id: string) => number = () => 0): Box {
  const byId = new Map(parties.map((one) => [one.id, one]));
  const incoming = links.filter(({ to }) => to === party.id);
  const outgoing = links.filter(({ from, via }) => from === party.id && via !== undefined);
  const end = ({ from, door }: Link): End => ({ text: door, x: xOf(from) });
  const top = inOrder(incoming.filter((link) => !isUpward(link, byId)).map(end));
  const bottom = inOrder([
    ...incoming.filter((link) => isUpward(link, byId)).map(end),
    ...outgoing.map(({ to, via = '' }) => ({ text: via, x: xOf(to) })),
  ]);
  const texts = [
    { text: marked(party.title, party.fate), font: 'name', fate: party.fate } as const,
    ...party.facts.map(({ text, fate }) => ({ text: marked(text, fate), font: 'fact', fate }) as const),
  ];
  const needed = Math.max(
    ...texts.map(({ text, font }) => widthOf(text, FONTS[font])),
    ...[top, bottom].map((doors) => rowWidth(doors)),
  );
  const width = Math.ceil(needed + 2 * PADDING);
  const start = (top.length > 0 ? PLATE_HEIGHT : 0) + PADDING - 6;
  const lines = texts.map((line, i) => ({ ...line, y: start + 16 + (i > 0 ? NAME + (i - 1) * LINE : 0) }));
  const below = (lines.at(-1)?.y ?? 0) + PADDING - 2;
  return {
    party,
    width,
    height: below + (bottom.length > 0 ? PLATE_HEIGHT : 0),
    lines,
    plates: [...row(top, 'top', width), ...row(bottom, 'bottom', width)],
  };
}

/** One end of a connection, and where the other end stands. */
interface End {
  readonly text: string;
  readonly x: number;
}

/** Each text once, from left to right as their other ends stand. */
const inOrder = (ends: readonly End[]): string[] =>
  [...grouped(ends.map(({ text, x }) => [text, x]))]
    .map(([text, all]) => ({ text, x: all.reduce((sum, x) => sum + x, 0) / all.length }))
    .sort((a, b) => a.x - b.x)
    .map(({ text }) => text);

const plateWidth = (text: string): number => Math.ceil(widthOf(text, FONTS.door)) + 12;

const rowWidth = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + plateWidth(text) + BETWEEN, -BETWEEN);

/** Plates beside each other, with the same space between all of them. */
function row(texts: readonly string[], side: Plate['side'], width: number): Plate[] {
  const space = (width - texts.reduce((sum, text) => sum + plateWidth(text), 0)) / (texts.length + 1);
  let x = 0;
  return texts.map((text) => {
    const plate = { text, side, width: plateWidth(text), x: x + space + plateWidth(text) / 2 };
    x += space + plateWidth(text);
    return plate;
  });
}
