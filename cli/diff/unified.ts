import { diffArrays, structuredPatch } from 'diff';

export interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** All lines of two texts, with what became of each. */
export const compared = (before: readonly string[], after: readonly string[]): Line[] =>
  diffArrays([...before], [...after]).flatMap(({ value, added, removed }) =>
    value.map((text) => ({ sign: added ? '+' : removed ? '-' : ' ', text })),
  );

/** Two texts as `diff -u` shows them, without its first two lines; empty if they are the same. */
export const unified = (before: string, after: string): string[] =>
  structuredPatch('', '', ended(before), ended(after), '', '', { context: 3 }).hunks.flatMap(
    ({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
      ...lines,
    ],
  );

const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
