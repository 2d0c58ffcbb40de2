import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameOf } from '../../../checker/manifests/workloads';
import { objectsIn } from '../../../cli/check/objects';
import { placesOf } from '../../../cli/check/places';
import { copedIn, refuses } from '../in-folder';
import { temporaryFolder } from '../temporary';

const ROOT = join(__dirname, '..', '..', '..');
const check = (...args: string[]) => copedIn({ folder: ROOT }, 'check', ...args);
const folder = temporaryFolder();

test('checks every environment, or those named', async () => {
  const all = await check();
  expect(all).toMatchObject({ status: 0, stderr: '' });
  expect(all.stdout).toMatch(
    /^development: .*\nstaging: .*\nproduction: \d+ objects, \d+ rules, nothing found\.\n$/,
  );
  expect((await check('production')).stdout).toMatch(/^production: .*\n$/);
});

test('applies all rules to the folders of dist/', async () => {
  const { status, stdout } = await check('dist/production');
  expect(stdout).toMatch(/^dist\/production: .* nothing found\.\n$/);
  expect(status).toBe(0);
});

test('checks any other folder, says what it skips, and names file and line', async () => {
  cpSync(join(ROOT, 'dist', 'production'), folder(), { recursive: true });
  const file = folder('30-web.k8s.yaml');
  const text = readFileSync(file, 'utf8').replace(
    'readOnlyRootFilesystem: true',
    'readOnlyRootFilesystem: false',
  );
  const line = text.split('\n').findIndex((one) => one.includes('readOnlyRootFilesystem: false')) + 1;
  writeFileSync(file, text);

  const { status, stdout, stderr } = await check(folder());
  expect(stdout).toMatch(/^Skipped, because they require COPED's own model: .*reachability/m);
  expect(stdout).toContain(`${file}:${line}: `);
  expect(stdout).toMatch(/^ {4}Why: docs\/checks\.md#/m);
  expect(stderr).toBe('✘ 2 findings\n  Each names its rule: docs/checks.md says why');
  expect(status).toBe(1);
});

test.each([
  ['prodction', /prodction: is neither .*\n.*Did you mean production\?.*staging/],
  ['.', /has no \.yaml, \.yml or \.json file in it$/m],
  ['a.yml', /a\.yml: has no Kubernetes object in it$/],
  ['--bla', /unknown option '--bla'/],
  ['production --against no-such-tag', /✘ no-such-tag: is not a commit, branch or tag/],
])('refuses %s', async (words, message) => {
  if (words === 'a.yml') writeFileSync(folder('a.yml'), '# nothing yet\n---\n');
  await refuses(folder(), `check ${words}`, message);
});

test('escapes control characters of a file', async () => {
  const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "a\\n::error::\\e[2J"}\n';
  writeFileSync(folder('a.yaml'), map);
  const { status, stdout } = await check(folder());
  expect(stdout).toContain('ConfigMap/a\\u000a::error::\\u001b[2J');
  expect(status).toBe(1);
});

test('compares with any Git ref', async () => {
  const { status, stdout } = await check('production', '--against', 'HEAD');
  expect(stdout).toMatch(/^production: .* nothing found\.\n$/);
  expect(status).toBe(0);
});

const LINES = join(__dirname, 'lines.yaml');
// Comments say what is found there; what is missing is where it should have been.
const comments = readFileSync(LINES, 'utf8')
  .split('\n')
  .map((text) => text.split(' # ')[1]);
const objects = objectsIn([LINES]);
const linesOf = (where: string) => {
  const position = objects.manifests.findIndex((one) => where.split(' ', 1)[0] === nameOf(one));
  return placesOf({ where, objects: [position] }, objects);
};

test.each(comments.filter(Boolean))('%s is in the line that says so', (where = '') => {
  expect(linesOf(where)).toEqual([{ file: LINES, line: comments.indexOf(where) + 1 }]);
});

test.each(['Deployment/api spec', 'budget cpu'])('%s is in no line', (where) => {
  expect(linesOf(where)).toEqual([]);
});
