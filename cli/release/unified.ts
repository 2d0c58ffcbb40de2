/** Lines around a change that are shown with it. */
const CONTEXT = 3;

export interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** Two texts as `diff -u` shows them, without its first two lines; empty if they are the same. */
export function unified(before: string, after: string): string[] {
  const lines = compared(before.split('\n'), after.split('\n'));
  const near = lines.map((_, i) =>
    lines.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1).some(({ sign }) => sign !== ' '),
  );
  let [old, now] = [0, 0];
  return lines.flatMap(({ sign, text }, i) => {
    if (sign !== '+') old += 1;
    if (sign !== '-') now += 1;
    if (!near[i]) return [];
    const start = near[i - 1] ? [] : [`@@ line ${Math.max(old, 1)} → ${Math.max(now, 1)} @@`];
    return [...start, `${sign}${text}`];
  });
}

/** By the longest lines that both have in common, in their order. What is the same at both ends is not looked at twice. */
export function compared(before: readonly string[], after: readonly string[]): Line[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const same = (text: string): Line => ({ sign: ' ', text });
  return [
    ...before.slice(0, head).map(same),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ];
}

function middle(before: readonly string[], after: readonly string[]): Line[] {
  const width = after.length + 1;
  // Cell [i, j]: how many lines the rests of both have in common.
  const common = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push({ sign: ' ', text: before[i] ?? '' });
      i += 1;
      j += 1;
    } else if (j >= after.length || (i < before.length && at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ sign: '-', text: before[i] ?? '' });
      i += 1;
    } else {
      lines.push({ sign: '+', text: after[j] ?? '' });
      j += 1;
    }
  }
  return lines;
}
