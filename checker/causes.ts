import { inspect } from 'node:util';
import { oneLine } from '../formats/visible';
import { grouped } from './manifests/grouped';
import type { Problem } from './problem';
import { isPlain, WITHHELD } from './secrets/withhold';

/** The same thing wrong at several places, or in several environments: it is fixed once. */
interface Cause extends Problem {
  readonly environments: readonly string[];
  /** The other places. */
  readonly also: readonly string[];
}

/** More than this at once is not read. */
const MOST = 20;

/** How many other places of one cause are named. */
const PLACES = 5;

/** What a person reads of many problems: each cause once, in the order in which the first of each comes. */
export function summary(problems: readonly Problem[]): { readonly count: number; readonly texts: string[] } {
  const causes = causesOf(problems);
  const more = causes.length - MOST;
  return {
    count: causes.length,
    texts: [
      ...causes.slice(0, MOST).map(describeCause),
      ...(more > 0 ? [`  … and ${more} more: fix these first, they may be the cause.`] : []),
    ],
  };
}

const causesOf = (problems: readonly Problem[]): Cause[] =>
  [...grouped(problems.map((problem) => [keyOf(problem), problem])).values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const also = new Set(same.map(({ where }) => where));
    also.delete(first.where);
    return {
      ...first,
      environments: distinct(same.map(({ environment }) => environment)),
      also: [...also],
      source:
        distinct(same.flatMap(({ source = [] }) => source))
          .slice(0, PLACES)
          .join(', ') || undefined,
    };
  });

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];

/** What a rule finds is the same wherever it is, though what there is to choose from may differ; settings differ by their keys. */
const keyOf = ({ check, where, value, wrong, remedy }: Problem): string =>
  written(check ? [check, value, wrong] : [where, value, wrong, remedy]);

/** A value as a person would write it. What YAML cannot hold (NaN, a function, a Map) is as JavaScript shows it. */
const written = (value: unknown): string =>
  isYaml(value) ? JSON.stringify(value, (_, item) => (isYaml(item) ? item : shown(item))) : shown(value);

/** Characters of a value that a person reads. */
const LONGEST = 200;

const shortened = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;

const isYaml = (value: unknown): boolean =>
  value === null ||
  ['string', 'boolean'].includes(typeof value) ||
  Number.isFinite(value) ||
  Array.isArray(value) ||
  isPlain(value);

const shown = (value: unknown): string => inspect(value, { depth: 1, breakLength: Infinity });

/** One problem. */
export const describe = (problem: Problem): string =>
  describeCause({ ...problem, environments: [problem.environment], also: [] });

/** Two lines, and more where there is more to know. */
function describeCause({ environments, where, value, wrong, remedy, check, source, also }: Cause): string {
  const given = value === undefined ? '' : ` ${shortened(written(value)).replace(WITHHELD, '$1')}`;
  const more = also.length - PLACES;
  const others = more > 0 ? [...also.slice(0, PLACES), `${more} more`] : also;
  const isNamed = source === undefined || where.includes(source) || remedy.includes(source);
  return [
    `  ${[environments.join(', '), where].filter(Boolean).join(': ')}:${given} ${wrong}.`,
    ...(others.length > 0 ? [`    Also: ${others.join(', ')}.`] : []),
    `    ${remedy}.`,
    ...(isNamed ? [] : [`    File: ${source}`]),
    ...(check === undefined ? [] : [`    Why: docs/checks.md#${check}`]),
  ]
    .map(oneLine)
    .join('\n');
}
