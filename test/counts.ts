/** Set by test/slow/jest.config.js alone. */
declare const THOROUGH: boolean | undefined;

/** Whether there is time: `npm run test:slow` tries all of what `npm test` tries a part of. */
const thorough = typeof THOROUGH !== 'undefined' && THOROUGH === true;

/** How often something random is tried, where 1 is usual. */
export const runs = (times = 1): number => Math.ceil(times * (thorough ? 1000 : 100));

/**
 * Every `every`th, or all of them where there is time.
 * @param from which sample it is: two of them have nothing in common
 */
export const sample = <T>(all: readonly T[], every: number, from = 0): readonly T[] =>
  thorough ? all : all.filter((_, i) => i % every === from % every);
