import { Problems } from '../lib/problem';

/** Runs something; problems that a person has to mend are printed without a stack trace, and the exit code is 1. */
export function orExplain(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Problems)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
