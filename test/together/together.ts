import { basename } from 'node:path';
import { membersOf } from './members';

/** Runs the test files of the group that a file is named after, one after the other, with the modules loaded once. */
export function together(file: string): void {
  const group = basename(file, '.group.ts');
  // What all files of these two replace is replaced until the end.
  const shareReplacements = ['clock', 'no-waiting'].includes(group);
  for (const path of membersOf(group)) {
    describe(path, () => {
      require(`../${path}`);
      afterAll(() => {
        jest.useRealTimers();
        if (!shareReplacements) jest.restoreAllMocks();
      });
    });
  }
}
