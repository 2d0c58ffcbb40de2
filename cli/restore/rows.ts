/** Table → rows. Names are as PostgreSQL quotes them: `public.auth_user`. */
export type Rows = ReadonlyMap<string, number>;

/** Lines of `<rows> <table>`. */
export const parseRows = (text: string): Rows =>
  new Map(
    text.split('\n').flatMap((line) => {
      const [, rows, table] = /^(\d+) (\S.*)$/.exec(line) ?? [];
      return rows && table ? [[table, Number(rows)] as const] : [];
    }),
  );

const sum = (rows: Rows): number => [...rows.values()].reduce((total, number) => total + number, 0);

/** Where a database differs from the dump that it was made of, in words; nothing if every row arrived. */
export function differences(dump: Rows, database: Rows): string[] {
  const tables = [...new Set([...dump.keys(), ...database.keys()])].sort();
  return tables.flatMap((table) => {
    const [expected, found] = [dump.get(table), database.get(table)];
    if (expected === found) return [];
    if (found === undefined) return [`${table} is missing`];
    if (expected === undefined)
      return found > 0 ? [`${table}: ${found} rows that the dump does not have`] : [];
    return [`${table}: ${found} rows instead of ${expected}`];
  });
}

const SHOWN = 12;

/** Tables and their rows, the largest first. */
export function describeRows(rows: Rows): string {
  const filled = [...rows].filter(([, number]) => number > 0).sort((a, b) => b[1] - a[1]);
  const lines = filled.slice(0, SHOWN).map(([table, number]) => `  ${String(number).padStart(9)}  ${table}`);
  const rest = filled.length > SHOWN ? [`             and ${filled.length - SHOWN} more tables`] : [];
  return [...lines, ...rest].join('\n');
}

export const inShort = (rows: Rows): string => `${rows.size} tables, ${sum(rows)} rows`;
