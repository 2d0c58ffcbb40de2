import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BASH, scriptOf } from './step';

// What may be published: the step that images.yml begins with, in a repository of two commits, of which one is on main.

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coped-tag-'));
  git('init', '-q', '-b', 'main');
  git('commit', '-q', '--allow-empty', '-m', 'on main');
  git('update-ref', 'refs/remotes/origin/main', 'main');
  git('commit', '-q', '--allow-empty', '-m', 'not on main');
});
afterAll(() => rmSync(folder, { recursive: true }));

const git = (...args: string[]): string => {
  const { status, stdout } = spawnSync(
    'git',
    ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  expect(status).toBe(0);
  return stdout.trim();
};

function version(tag: string, commit: string) {
  const output = join(folder, 'output');
  rmSync(output, { force: true });
  const { status, stderr } = spawnSync('bash', [...BASH, scriptOf('images', 'version')], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      GITHUB_REF_NAME: tag,
      GITHUB_SHA: git('rev-parse', commit),
      GITHUB_OUTPUT: output,
    },
    encoding: 'utf8',
  });
  return status === 0 ? readFileSync(output, 'utf8') : stderr;
}

test('a version on main', () => {
  expect(version('images-1.10.0', 'main~1')).toBe('version=1.10.0\n');
});

test.each(['v1.2.3', 'images-1.2', 'images-1.2.3-rc1', 'images-$(id)'])('%s is no version', (tag) => {
  expect(version(tag, 'main~1')).toBe(
    `${tag} is no version: delete the tag, and name it like images-1.2.3\n`,
  );
});

test('a version that is not merged', () => {
  expect(version('images-1.2.3', 'main')).toBe('images-1.2.3 is not on main: merge first, then tag main\n');
});
