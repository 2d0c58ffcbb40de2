const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** A duration for people, in one unit: `3 d`, `13 h`. At least two of the unit, so that little is rounded away. */
export function age(milliseconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => milliseconds >= 2 * size) ?? (['s', 1000] as const);
  return `${Math.max(0, Math.floor(milliseconds / size))} ${unit}`;
}

/** How long ago something was: `13 h ago`. */
export const ago = (time: string, now: Date): string => `${age(now.getTime() - Date.parse(time))} ago`;
