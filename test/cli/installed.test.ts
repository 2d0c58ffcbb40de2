import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dependencies } from '../../package.json';

const HERE = join(__dirname, '..', '..');
/** What is needed to start, as in a fresh clone: no libraries. */
let clone: string;
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'coped-installed-'));
  mkdirSync(join(clone, 'cli'));
  for (const path of ['package.json', 'cli/coped.js', 'cli/register.js', 'cli/installed.js']) {
    cpSync(join(HERE, path), join(clone, path));
  }
});
afterEach(() => rmSync(clone, { recursive: true }));

const node = (...args: string[]) => spawnSync('node', args, { cwd: clone, encoding: 'utf8' });

test.each([
  ['npx coped up', ['cli/coped.js', 'up']],
  ['npm run synth, npm run check and the like', ['-r', './cli/register.js', 'main.ts']],
])('without libraries, %s says what to run, and no stack', (_, args) => {
  expect(node(...args)).toMatchObject({
    status: 1,
    stdout: '',
    stderr: `✘ the libraries are not installed yet\n  Run \`npm ci\` in ${clone}\n`,
  });
});

test('a library that an update of the sources has added is named', () => {
  const [added, ...others] = Object.keys(dependencies);
  for (const name of others) mkdirSync(join(clone, 'node_modules', name), { recursive: true });
  const { status, stderr } = node('cli/coped.js', 'up');
  expect(status).toBe(1);
  expect(stderr).toMatch(new RegExp(`libraries are missing: ${added}\n.*npm ci`));
});

test('a Node that is too old is named before anything else', () => {
  writeFileSync(
    join(clone, 'old.js'),
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } });",
  );
  expect(node('-r', './old.js', 'cli/coped.js', 'up')).toMatchObject({
    status: 1,
    stderr: '✘ Node 20 or newer is needed, and this is 18.20.4\n  Install it: https://nodejs.org\n',
  });
});
