import { structuredPatch } from 'diff';

/** Two texts as `diff -u` shows them, without its first two lines; empty if they are the same. */
export const unified = (before: string, after: string): string[] =>
  structuredPatch('', '', ended(before), ended(after), '', '', { context: 3 }).hunks.flatMap(
    ({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
      ...lines,
    ],
  );

const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
