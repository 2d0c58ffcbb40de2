import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// "Node 20 or newer", says the README, and the other tests run with 20. cli/register.js sets flags of V8, and keeps what V8 has compiled:
// both may be another V8's business.

const ROOT = join(__dirname, '..', '..');
const FOLDER = mkdtempSync(join(tmpdir(), 'coped-node-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

/** A Node as npm has it. */
function installed(version: string): string {
  const folder = join(FOLDER, version);
  mkdirSync(folder);
  const name = `node-${process.platform}-${process.arch}@${version}`;
  const words = ['pack', '--silent', name, `--pack-destination=${folder}`];
  const packed = execFileSync('npm', words, { cwd: FOLDER, encoding: 'utf8' }).trim();
  execFileSync('tar', ['-xzf', packed], { cwd: folder });
  return join(folder, 'package', 'bin', 'node');
}

const contents = (folder: string): string[][] =>
  readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);

test.each(['22', 'latest'])('Node %s makes the same, and says nothing else', (version) => {
  const node = installed(version);
  const run = (words: string[]) => {
    const env = { ...process.env, CDK8S_OUTDIR: join(FOLDER, 'dist') };
    const { status, stdout, stderr } = spawnSync(node, words, { cwd: ROOT, env, encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  const nothing = { status: 0, stdout: '', stderr: '' };
  // Compiled, kept, and taken as it was kept.
  for (let i = 0; i < 3; i++) expect(run(['-r', './cli/register.js', 'main.ts'])).toEqual(nothing);
  const folders = readdirSync(join(FOLDER, 'dist'));
  expect(folders).toEqual(readdirSync(join(ROOT, 'dist')));
  for (const name of folders)
    expect(contents(join(FOLDER, 'dist', name))).toEqual(contents(join(ROOT, 'dist', name)));
  expect(run(['cli/coped.js', 'check', 'dist/production'])).toMatchObject({ status: 0, stderr: '' });
  expect(run(['cli/coped.js', '--help'])).toMatchObject({ status: 0, stderr: '' });
});
