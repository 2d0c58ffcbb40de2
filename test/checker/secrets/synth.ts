import { inspect } from 'node:util';
import { orExplain } from '../../../cli/terminal/errors';
import { synthesize } from '../../../rules/synthesize';

/** What a synth of these settings shows: files or an error, with its stack, and what is printed. */
export function synth(settings: object): { readonly text: string; readonly refused: boolean } {
  const shown: unknown[] = [];
  const spies = (['log', 'info', 'warn', 'error', 'debug', 'trace'] as const).map((method) =>
    jest.spyOn(console, method).mockImplementation((...args) => shown.push(...args)),
  );
  // A stack of hundreds of frames takes longer than the synthesis, and shows no more of a value.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 5;
  try {
    orExplain(() => shown.push(inspectable(() => synthesize([settings]).flatMap(({ files }) => files))));
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    for (const spy of spies) spy.mockRestore();
  }
  const refused = process.exitCode === 1;
  process.exitCode = undefined;
  return { text: inspect(shown, EVERYTHING), refused };
}

const EVERYTHING = {
  depth: 99,
  showHidden: true,
  maxStringLength: null,
  maxArrayLength: null,
  breakLength: Infinity,
};

/** An error goes on to where it is explained, but not without having been looked at. */
function inspectable<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    console.error(inspect(error, EVERYTHING), (error as Error).stack, String(error));
    throw error;
  }
}
