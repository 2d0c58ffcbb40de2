import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { World } from '../../cli/world';
import { environments } from '../../lib/environments';
import { fakeWorldOf } from './fake-world';

export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Circumstances {
  /** The folder in which it is started; this repository if absent. */
  readonly folder?: string;
  /** The repository that it writes to. */
  readonly root?: string;
  readonly environments?: World['environments'];
}

/** Runs `coped` in this process, in a folder: what it prints, and its exit code. */
export async function copedIn(
  { folder, root, environments: known = environments }: Circumstances,
  ...words: string[]
): Promise<Ended> {
  const world = fakeWorldOf(known);
  if (root !== undefined) Object.assign(world, { root });
  const { run } = await import('../../cli/main');
  const remarks: string[] = [];
  const spy = jest
    .spyOn(console, 'error')
    .mockImplementation((...texts) => void remarks.push(texts.join(' ')));
  const before = process.cwd();
  if (folder !== undefined) process.chdir(folder);
  try {
    const status = await run(words, world);
    return { status, stdout: world.output(), stderr: [...remarks, world.errors()].join('\n').trim() };
  } finally {
    process.chdir(before);
    spy.mockRestore();
  }
}

/** Runs `coped` in a folder; it must refuse: exit code 2, no result, no stack trace, and this message. */
export async function refuses(folder: string, words: string, message: RegExp | string): Promise<void> {
  const { status, stdout, stderr } = await copedIn({ folder }, ...words.split(' '));
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain('    at ');
}

/** Runs `coped` as a process in a folder, with another language and time zone: files must not depend on them. */
export function copedElsewhere(folder: string, ...words: string[]): Ended {
  const env = { ...process.env, LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' };
  const coped = join(__dirname, '..', '..', 'cli', 'coped.js');
  const ended = spawnSync('node', [coped, ...words], { cwd: folder, encoding: 'utf8', env });
  return { ...ended, status: ended.status ?? 1 };
}
