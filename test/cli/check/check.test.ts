import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copedIn } from '../in-folder';

const ROOT = join(__dirname, '..', '..', '..');
const check = (...args: string[]) => copedIn({ folder: ROOT }, 'check', ...args);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coped-check-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

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
  cpSync(join(ROOT, 'dist', 'production'), folder, { recursive: true });
  const file = join(folder, '30-web.k8s.yaml');
  const text = readFileSync(file, 'utf8').replace(
    'readOnlyRootFilesystem: true',
    'readOnlyRootFilesystem: false',
  );
  const line = text.split('\n').findIndex((one) => one.includes('readOnlyRootFilesystem: false')) + 1;
  writeFileSync(file, text);

  const { status, stdout, stderr } = await check(folder);
  expect(stdout).toMatch(/^Not checked, because only COPED's own model knows enough: .*reachability/m);
  expect(stdout).toContain(`${file}:${line}: `);
  expect(stdout).toMatch(/^ {4}Why: docs\/checks\.md#/m);
  expect(stderr).toBe('✘ 2 findings\n  Each names its rule: docs/checks.md says why');
  expect(status).toBe(1);
});

test.each([
  [
    'a name that is nearly right',
    'prodction',
    /prodction: is neither .*\n.*Did you mean production\?.*staging/,
  ],
  ['an empty folder', '', /has no \.yaml, \.yml or \.json file in it$/m],
  ['an unknown option', '--bla', /unknown option '--bla'/],
])('refuses %s without a stack trace', async (_, argument, message) => {
  const { status, stdout, stderr } = await check(argument || folder);
  expect(stderr).toMatch(message);
  expect(stdout + stderr).not.toMatch(/^\s+at /m);
  expect(status).toBe(2);
});

test('refuses a folder of files without an object', async () => {
  writeFileSync(join(folder, 'a.yaml'), '# nothing yet\n---\n');
  const { status, stderr } = await check(folder);
  expect(stderr).toBe(`✘ ${folder}: has no Kubernetes object in it`);
  expect(status).toBe(2);
});

test('escapes control characters of a file', async () => {
  const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "a\\n::error::\\e[2J"}\n';
  writeFileSync(join(folder, 'a.yaml'), map);
  const { status, stdout } = await check(folder);
  expect(stdout).toContain('ConfigMap/a\\u000a::error::\\u001b[2J');
  expect(status).toBe(1);
});

test('compares with any Git ref', async () => {
  const { status, stdout } = await check('production', '--against', 'HEAD');
  expect(stdout).toMatch(/^production: .* nothing found\.\n$/);
  expect(status).toBe(0);

  const unknown = await check('production', '--against', 'no-such-tag');
  expect(unknown.stderr).toMatch(/✘ no-such-tag: is not a commit, branch or tag/);
  expect(unknown.status).toBe(2);
});
