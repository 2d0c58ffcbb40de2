import type { Manifest } from './manifest';

/** What tells an object apart from the others of its list. */
interface Apart {
  readonly name: string;
  /** Its place in the list, which follows each name and is no part of it. */
  readonly mark: string;
  /** Where it will be if it does not say so. */
  readonly namespace?: string;
}

/** Of the copies that rules look at. Our own objects have names of their own. */
export const apart = new WeakMap<Manifest, Apart>();

/** No name that people write has this character. */
const SIGN = '\uE000';
const MARKS = /\uE000(\d+)\uE000/g;

export const mark = (place: number): string => `${SIGN}${place}${SIGN}`;

/** A text for people. */
export const unmarked = (text: string): string => text.replace(MARKS, '');

/** The places of all objects that a text names. */
export const marksIn = (text: string): number[] =>
  [...text.matchAll(MARKS)].map(([, place]) => Number(place));
