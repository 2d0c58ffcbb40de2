import { join } from 'node:path';
import { executor } from '../../../../cli/cluster/execute';
import type { Ended } from './in-process';

const SELF = [
  '-r',
  join(__dirname, '..', '..', '..', '..', 'cli', 'register.js'),
  join(__dirname, 'coped.ts'),
];

/** `coped` in a process of its own, with something piped into it: for commands that hand their streams on to a program. */
export async function copedItself(words: readonly string[], input = ''): Promise<Ended> {
  const { code, stdout, stderr } = await executor()(process.execPath, [...SELF, ...words], { input });
  return { code, output: stdout, errors: stderr };
}
