import type { Change } from './changes';

/** In the place of a secret value. */
export const HIDDEN = Symbol('a secret value');

/** `1 object`, `2 objects`. */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** `postgres-bootstrap`, of `postgres-bootstrap-5ba3c74965`: the same Job in every release. See lib/output/stamp.ts. */
export const withoutHash = (name: string): string => name.replace(/-[0-9a-f]{10}$/, '');

/** A change without its path: `1 → 2`, `added: 2`, `removed, was 1`. */
export function wording({ before, after }: Change): string {
  if (before === undefined) return after === HIDDEN ? 'added' : `added: ${short(after)}`;
  if (after === undefined) return before === HIDDEN ? 'removed' : `removed, was ${short(before)}`;
  if (before === HIDDEN || after === HIDDEN) return 'changed';
  if (isText(before) && isText(after)) return ofTexts(before, after);
  return ofLines(short(before, LONG), short(after, LONG));
}

/** A value as one line. */
export const short = (value: unknown, length = 60): string => {
  const text = typeof value === 'string' ? value.replace(/\s*\n\s*/g, ' ⏎ ') : JSON.stringify(value);
  return text.length <= length ? text || '""' : `${text.slice(0, length - 1)}…`;
};

const LONG = 1000;

const isText = (value: unknown): value is string => typeof value === 'string' && value.includes('\n');

/** Scripts and configuration files: how much, and the first line of it. */
function ofTexts(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const gone = old.filter((line) => !now.includes(line));
  const come = now.filter((line) => !old.includes(line));
  const lines = Math.max(gone.length, come.length);
  if (lines === 0) return 'the same lines in another order or number';
  const first =
    gone[0] === undefined
      ? `added: ${short(come[0]?.trim())}`
      : come[0] === undefined
        ? `removed: ${short(gone[0].trim())}`
        : ofLines(gone[0].trim(), come[0].trim());
  return lines === 1 ? `one line ${first}` : `${lines} lines; the first: ${first}`;
}

/** Two lines, shortened so that what differs can be seen. */
function ofLines(before: string, after: string): string {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  const start = Math.max(before.length, after.length) > 60 && same > 20 ? same - 10 : 0;
  const from = (text: string) => (start === 0 ? '' : '…') + text.slice(start);
  return `${short(from(before))} → ${short(from(after))}`;
}
