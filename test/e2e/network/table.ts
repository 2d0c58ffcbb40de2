import { type Answer, placeOf } from './target';
import type { Verdict } from './verdict';

export interface Result extends Answer {
  readonly verdict: Verdict;
}

/** Rows are sources, columns targets. Connections at ports that no line of the flow table names share a column. */
export function table(results: readonly Result[], named: readonly string[]): string[] {
  const columnOf = ({ target }: Result) => {
    const place = placeOf(target);
    if (named.includes(place) || target.kind === 'outside') return place;
    return 'any other port';
  };
  const columns = [...new Set([...named, ...results.map(columnOf)])].filter((c) =>
    results.some((j) => columnOf(j) === c),
  );
  const rows = [...new Set(results.map(({ source }) => source.name))];
  const width = Math.max(...rows.map((row) => row.length));
  const line = (row: string, cells: string[]) =>
    [row.padEnd(width), ...cells.map((cell) => cell.padStart(6))].join('');
  return [
    ...columns.map((column, i) => `${String(i + 1).padStart(2)} ${column}`),
    '',
    line(
      '',
      columns.map((_, i) => String(i + 1)),
    ),
    ...rows.map((row) =>
      line(
        row,
        columns.map((column) => cell(results.filter((j) => j.source.name === row && columnOf(j) === column))),
      ),
    ),
    '',
    'yes connects, · is refused, ! is not as the flow table says, ? is refused but answers no one anyway;',
    '(yes) and (no): what a pod without policies reaches out there, to compare with',
  ];
}

function cell(answers: readonly Result[]): string {
  const is = (...verdicts: Verdict[]) => answers.some(({ verdict }) => verdicts.includes(verdict));
  if (answers.length === 0) return '';
  if (is('leak', 'broken')) return '!';
  if (is('control')) return answers.some(({ connects }) => connects) ? '(yes)' : '(no)';
  if (is('unproven')) return '?';
  return answers.every(({ connects }) => connects) ? 'yes' : '·';
}
