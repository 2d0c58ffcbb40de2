import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { kept } from './keepers';

const ROOT = join(__dirname, '..', '..');
/** Not in Git, or not needed by what is run here. */
const LEFT_OUT = ['.git', '.venv', 'node_modules', 'report.html', '__pycache__'];

// A fresh clone, with what is not committed yet, and the environment that a page adds.
let clone: string;
beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'coped-clone-'));
  cpSync(ROOT, clone, { recursive: true, filter: (path) => !LEFT_OUT.includes(basename(path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  addTraining(clone);
  for (const words of [
    'init --quiet --initial-branch=main',
    'add .',
    'commit --quiet -m everything',
    'clone --quiet --bare . .git/origin',
    'remote add origin .git/origin',
    'push --quiet --set-upstream origin main',
  ]) {
    expect(git(words)).toMatchObject({ status: 0 });
  }
});
afterAll(() => rmSync(clone, { recursive: true }));

const bash = (command: string): SpawnSyncReturns<string> =>
  spawnSync('bash', ['--norc', '-c', command], { cwd: clone, encoding: 'utf8' });
const git = (words: string) => bash(`git -c user.name=t -c user.email=t@example.org ${words}`);

/** A whole command of what the page leaves open. */
const whole = (command: string): string =>
  command
    .replaceAll('sha256:…', `sha256:${'0'.repeat(64)}`)
    .replace(' [environment …]', '')
    .replace('<folder>', 'dist/staging')
    // The name alone.
    .replace(/^npx coped (plan|images)$/, '$& --help')
    // Without a pager.
    .replace(/^git /, 'git --no-pager ');

if (spawnSync('git', ['--version']).status === 0) {
  test.each(kept('clone'))('%s works in a fresh clone', (command) => {
    const { status, stdout, stderr } = bash(whole(command));
    // Each on its own: what one has changed is no business of the next.
    expect(git('reset --quiet --hard')).toMatchObject({ status: 0 });
    expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
  });

  test('npm run synth changes nothing, but for the environment that the page has added', () => {
    expect(bash('npm run synth')).toMatchObject({ status: 0 });
    expect(git('status --short dist').stdout).toBe('?? dist/training/\n');
  });
}

/** Does in a copy of this repository what docs/add-an-environment.md does, word for word. */
function addTraining(copy: string): void {
  const blocks = [
    ...readFileSync(join(copy, 'docs', 'add-an-environment.md'), 'utf8').matchAll(/```ts\n(.*?)```/gs),
  ].map(([, block = '']) => block);
  const [file = '', entry = ''] = blocks;
  const folder = join(copy, 'lib', 'environments');
  writeFileSync(join(folder, 'training.ts'), file);
  copyFileSync(join(folder, 'images', 'production.json'), join(folder, 'images', 'training.json'));
  const [imported = '', list = ''] = entry.split('\n\n');
  const index = join(folder, 'index.ts');
  const before = readFileSync(index, 'utf8');
  writeFileSync(index, `${imported}\n${before.replace(/export const environments.*\];/s, list.trim())}`);
}
