import { instance } from '@viz-js/viz';
import type { Rectangle } from './rectangle';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A curve of Graphviz: the start, then three points for each piece; where it has an arrow, its tip. */
export interface Curve {
  readonly points: readonly Point[];
  readonly tip?: Point;
  readonly label?: Point;
}

/** Where Graphviz puts what it was given, from the top left corner. */
export interface Placed {
  readonly width: number;
  readonly height: number;
  /** The middle of each node, by its name. */
  readonly nodes: ReadonlyMap<string, Point>;
  /** In the order in which they were given. */
  readonly areas: readonly Rectangle[];
  /** In the order of their ids, which are numbers. */
  readonly curves: readonly Curve[];
}

interface Answer {
  readonly bb: string;
  readonly objects?: readonly { readonly name: string; readonly pos?: string; readonly bb?: string }[];
  readonly edges?: readonly { readonly id: string; readonly pos: string; readonly lp?: string }[];
}

/** Lets Graphviz lay out a graph. It runs as WebAssembly inside Node: the same numbers on every machine. */
export async function place(dot: string): Promise<Placed> {
  const viz = await instance();
  const { bb, objects = [], edges = [] } = JSON.parse(viz.renderString(dot, { format: 'json0' })) as Answer;
  const [, , width = 0, height = 0] = numbers(bb);
  const flip = ([x = 0, y = 0]: readonly number[]): Point => ({ x: round(x), y: round(height - y) });
  const point = (text: string): Point => flip(numbers(text));
  return {
    width,
    height,
    nodes: new Map(objects.flatMap(({ name, pos }) => (pos ? [[name, point(pos)] as const] : []))),
    areas: objects.flatMap((object) => {
      if (!object.bb) return [];
      const [left = 0, bottom = 0, right = 0, top = 0] = numbers(object.bb);
      return [{ ...flip([left, top]), width: round(right - left), height: round(top - bottom) }];
    }),
    curves: [...edges]
      .sort((a, b) => Number(a.id) - Number(b.id))
      .map(({ pos, lp }) => {
        const parts = pos.split(' ');
        const tip = parts.find((part) => /^[es],/.test(part));
        return {
          points: parts.filter((part) => part !== tip).map(point),
          tip: tip === undefined ? undefined : point(tip.slice(2)),
          label: lp === undefined ? undefined : point(lp),
        };
      }),
  };
}

const numbers = (text: string): number[] => text.split(',').map(Number);

const round = (number: number): number => Math.round(number * 10) / 10;
