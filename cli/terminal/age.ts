const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** Milliseconds as people say them, in one unit: `3 d`, `13 h`. Two of it at least, so that nothing sounds rounder than it is. */
export function age(milliseconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => milliseconds >= 2 * size) ?? (['s', 1000] as const);
  return `${Math.max(0, Math.floor(milliseconds / size))} ${unit}`;
}

/** How long ago something was: `13 h ago`. */
export const ago = (time: string, now: Date): string => `${age(now.getTime() - Date.parse(time))} ago`;
