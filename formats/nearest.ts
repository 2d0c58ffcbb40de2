/** `Did you mean postgres? `, where one of the known names is similar to what was written, or begins with it; nothing otherwise. */
export function didYouMean(given: unknown, known: Iterable<string>): string {
  const name = String(given).toLowerCase();
  const most = name.length < 4 ? 1 : 2;
  const distanceTo = (other: string) => (name !== '' && other.startsWith(name) ? 0 : distance(name, other));
  const [nearest] = [...new Set(known)]
    .map((candidate) => ({ candidate, away: distanceTo(candidate.toLowerCase()) }))
    .filter(({ away }) => away <= most)
    .sort((a, b) => a.away - b.away);
  return nearest && nearest.candidate !== given ? `Did you mean ${nearest.candidate}? ` : '';
}

/** As many names as a reader looks through; of more, how many there are. */
const MOST = 20;

/** `Use one of: web, api`, or why there is none. */
export function useOneOf(known: Iterable<string>, none = 'none'): string {
  const names = [...new Set(known)];
  const more = names.length - MOST;
  const shown = more > 0 ? [...names.slice(0, MOST), `and ${more} more`] : names;
  return `Use one of: ${shown.join(', ') || none}`;
}

/** How many letters have to be added, left out, replaced or swapped with the next one. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      rows[i]?.push(
        Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + same,
          swapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(a.length, b.length);
}
