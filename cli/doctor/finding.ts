/** How something is. */
export type Level = 'ok' | 'warning' | 'problem';

/** One thing that was looked at. */
export interface Finding {
  /** `kubectl`, `port 1337`, `network policies`. */
  readonly about: string;
  readonly level: Level;
  /** What was found. */
  readonly found: string;
  /** Last lines of what a program said, where they say more. */
  readonly said?: readonly string[];
  /** What to do, where it is not ok. */
  readonly next?: string;
}

export const ok = (about: string, found: string): Finding => ({ about, level: 'ok', found });
const notOk =
  (level: Level) =>
  (about: string, found: string, next: string): Finding => ({ about, level, found, next });
export const warning = notOk('warning');
export const problem = notOk('problem');

/** The last line of what a program complains about: the first ones are often about trying again. */
export const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
