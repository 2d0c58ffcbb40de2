import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentsOf } from '../../../../cli/laptop/images/contents';
import { ignored } from '../../../../cli/laptop/images/ignore-rules';

let folder: string;
const put = (path: string, text = path) => writeFileSync(join(folder, path), text);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coped-contents-'));
  for (const path of ['coped', 'tests', 'coped/__pycache__', '.venv']) mkdirSync(join(folder, path));
  put('.dockerignore', '**/__pycache__\n.*\ntests\nDockerfile\n');
  for (const path of ['Dockerfile', 'manage.py', 'coped/settings.py']) put(path);
});
afterEach(() => rmSync(folder, { recursive: true }));

const contents = (target?: string) => contentsOf({ folder, target });

test.each<[string, () => void]>([
  ['a file', () => put('manage.py', 'other')],
  ['a new file', () => put('coped/urls.py')],
  ['a name', () => renameSync(join(folder, 'manage.py'), join(folder, 'manage2.py'))],
  ['the right to run it', () => chmodSync(join(folder, 'manage.py'), 0o755)],
  ['a link', () => symlinkSync('manage.py', join(folder, 'link'))],
  ['the Dockerfile, although it is ignored', () => put('Dockerfile', 'FROM other')],
  ['what is ignored', () => put('.dockerignore', '**/__pycache__\n.*\nDockerfile\n')],
])('%s makes other contents', (_, change) => {
  const before = contents();
  change();
  expect(contents()).not.toBe(before);
});

test('another stage of the same Dockerfile has other contents', () => {
  expect(contents('development')).not.toBe(contents('production'));
});

test.each<[string, () => void]>([
  ['bytecode', () => put('coped/__pycache__/settings.pyc')],
  ['a test', () => put('tests/test_it.py')],
  ['a hidden folder', () => put('.venv/python')],
  ['the time of a file', () => utimesSync(join(folder, 'manage.py'), 1, 1)],
])('%s does not count', (_, change) => {
  const before = contents();
  change();
  expect(contents()).toBe(before);
});

test.each([
  ['tests', 'tests', true],
  ['tests', 'tests/a/b.py', true],
  ['tests', 'app/tests', false],
  ['**/tests', 'app/tests/a', true],
  ['**/tests', 'tests', true],
  ['*.in', 'requirements.in', true],
  ['*.in', 'a/requirements.in', false],
  ['a/**', 'a/b/c', true],
  ['a/**/c', 'a/c', true],
  ['a?c', 'abc', true],
  ['a.c', 'abc', false],
  ['# a\n\n/b/', 'b', true],
  ['*.md\n!README.md', 'README.md', false],
  ['!README.md\n*.md', 'README.md', true],
])('a .dockerignore of %j keeps out %s: %s', (text, path, out) => {
  expect(ignored(text)(path)).toBe(out);
});
