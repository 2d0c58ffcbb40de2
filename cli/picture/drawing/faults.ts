import { sampled } from '../layout/crossings';
import type { Point } from '../layout/graphviz';
import { contains, grown, isIn, overlap, type Rectangle } from '../layout/rectangle';
import { widthOf } from '../layout/text-width';
import { FONTS, type TextClass } from './style';

/**
 * What makes a picture hard to read, found in the SVG itself: boxes over boxes, tiers without paper between them, text that does not fit into its box, over
 * other text or off the paper, lines through boxes and names.
 */
export function faultsOf(svg: string): string[] {
  const paper = rectangles(svg, 'paper')[0] ?? { x: 0, y: 0, width: 0, height: 0 };
  const boxes = groups(svg, /<g class="box [^"]*" data-name="([^"]*)">(.*?)<\/g>/gs);
  const lines = groups(svg, /<g class="[^"]*" data-from="([^"]*)" data-to="[^"]*">(.*?)<\/g>/gs).map(
    (one) => ({
      ...one,
      to: /data-to="([^"]*)"/.exec(one.whole)?.[1],
    }),
  );
  const shift = /<g transform="translate\((\S+) (\S+)\)">/.exec(svg);
  const [dx, dy] = [Number(shift?.[1] ?? 0), Number(shift?.[2] ?? 0)];
  const inner = shift ? svg.slice(shift.index, svg.lastIndexOf('</g>')) : '';
  const texts = [
    ...textsIn(svg.replace(inner, '')),
    ...textsIn(inner).map((text) => ({ ...text, x: text.x + dx, y: text.y + dy })),
  ];
  const marks = textsIn(inner).filter(({ font }) => font === 'area' || font === 'mark');
  const framed = boxes.flatMap(({ name, inside }) =>
    rectangles(inside, 'shape').map((frame) => ({ name, frame, inside })),
  );
  const tiers = rectangles(inner, 'zone').map((zone) => ({
    zone,
    name: marks.find((mark) => mark.font === 'area' && contains(zone, mark))?.words,
  }));
  return [
    ...pairs(tiers).flatMap(([a, b]) =>
      overlap(a.zone, grown(b.zone, TIERS_APART)) ? [`the tiers ${a.name} and ${b.name} touch`] : [],
    ),
    ...pairs(framed).flatMap(([a, b]) =>
      overlap(a.frame, b.frame) ? [`${a.name} and ${b.name} lie over each other`] : [],
    ),
    ...framed.flatMap(({ name, frame, inside }) =>
      [...textsIn(inside), ...rectangles(inside, 'plate')]
        .filter((one) => !contains(frame, one))
        .map((one) => `${name}: ${'words' in one ? `"${one.words}"` : 'a plate'} does not fit into its box`),
    ),
    ...texts
      .filter((text) => !contains(paper, text))
      .map(({ words }) => `"${words}" does not fit on the paper`),
    ...pairs(texts).flatMap(([a, b]) => (overlap(a, b) ? [`"${a.words}" is written over "${b.words}"`] : [])),
    ...lines.flatMap(({ name, to, inside }) => {
      const points = pointsOf(inside);
      return [
        ...framed
          .filter(({ frame }) => points.some((point) => isIn(point, frame, -1)))
          .map((box) => `the line from ${name} to ${to} runs through ${box.name}`),
        ...marks
          .filter((mark) => points.some((point) => isIn(point, mark, -1)))
          .map(({ words }) => `the line from ${name} to ${to} runs through "${words}"`),
      ];
    }),
  ];
}

/** With less paper between them, two tiers look like one. */
const TIERS_APART = 4;

interface Text extends Rectangle {
  readonly words: string;
  readonly font: TextClass;
}

const groups = (svg: string, pattern: RegExp) =>
  [...svg.matchAll(pattern)].map(([whole, name = '', inside = '']) => ({ whole, name, inside }));

const attribute = (tag: string, name: string): string =>
  new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';

const rectangles = (svg: string, name: string): Rectangle[] =>
  [...svg.matchAll(new RegExp(`<rect class="${name}"[^>]*>`, 'g'))].map(([tag]) => ({
    x: Number(attribute(tag, 'x')),
    y: Number(attribute(tag, 'y')),
    width: Number(attribute(tag, 'width')),
    height: Number(attribute(tag, 'height')),
  }));

/** Texts with the room that they take in the widest letters. */
const textsIn = (svg: string): Text[] =>
  [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, tag = '', escaped = '']) => {
    const words = escaped.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
    const font = attribute(` ${tag}`, 'class').split(' ')[0] as TextClass;
    const { size } = FONTS[font];
    const width = widthOf(words, FONTS[font]);
    const x = Number(attribute(` ${tag}`, 'x')) - (tag.includes('"middle"') ? width / 2 : 0);
    return { words, font, x, y: Number(attribute(` ${tag}`, 'y')) - size * 0.8, width, height: size };
  });

const pointsOf = (inside: string): Point[] => {
  const numbers = (/ d="M([^"]*)"/.exec(inside)?.[1] ?? '').split(/[ ,C]/).map(Number);
  return sampled(numbers.flatMap((x, i) => (i % 2 === 0 ? [{ x, y: numbers[i + 1] ?? 0 }] : [])));
};

const pairs = <T>(all: readonly T[]): [T, T][] =>
  all.flatMap((one, i) => all.slice(i + 1).map((other): [T, T] => [one, other]));
