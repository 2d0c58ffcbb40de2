import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for each test of a suite, removed after it. @returns a path in it */
export function temporaryFolder(): (...parts: string[]) => string {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'coped-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return (...parts) => join(folder, ...parts);
}

const SETTINGS = ['user.name=t', 'user.email=t@example.org', 'tag.gpgSign=false'].flatMap((one) => [
  '-c',
  one,
]);

/** Runs Git in a folder, whatever its user has configured. */
export const git = (folder: string, ...words: string[]): SpawnSyncReturns<string> =>
  spawnSync('git', [...SETTINGS, ...words], { cwd: folder, encoding: 'utf8' });

/** An unpacked archive on a machine without Git has no commit to compare with. */
export const hasGit = spawnSync('git', ['--version']).status === 0;
