import { Problems } from '../../checker/problem';
import { Unusable } from './unusable';

/** Runs something; what a person has to mend is printed without a stack trace: exit code 1, or 2 for unusable input. */
export function orExplain(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Problems || error instanceof Unusable)) throw error;
    console.error(error.message);
    process.exitCode = error instanceof Problems ? 1 : 2;
  }
}
