import { compared } from '../diff/unified';

/** A line, and the numbers of the texts that have it. */
export interface MergedLine {
  readonly text: string;
  readonly of: readonly number[];
}

/**
 * Several versions of a text as one, so that what they share is there once. The lines of one version, in their order, are that
 * version again, to the byte.
 */
export const merged = (texts: readonly (string | undefined)[]): MergedLine[] =>
  texts.reduce((lines: MergedLine[], text, number) => {
    if (text === undefined) return lines;
    let at = 0;
    return compared(
      lines.map((line) => line.text),
      text.replace(/\n$/, '').split('\n'),
    ).map(({ sign, text }): MergedLine => {
      const of = sign === '+' ? [] : (lines[at++]?.of ?? []);
      return { text, of: sign === '-' ? of : [...of, number] };
    });
  }, []);

/** Lines that follow each other and are of the same versions, as one. */
export function blocks(lines: readonly MergedLine[]): MergedLine[] {
  const all: MergedLine[] = [];
  for (const line of lines) {
    const last = all.at(-1);
    if (last && String(last.of) === String(line.of))
      all.splice(-1, 1, { ...last, text: `${last.text}\n${line.text}` });
    else all.push(line);
  }
  return all;
}
