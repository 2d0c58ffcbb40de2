import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { commands, keepers } from '../docs/keepers';

// What examples/coped/README.md says, in a fresh clone that was released: the example takes the place of the sample.

const ROOT = join(__dirname, '..', '..');
let clone: string;
beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'coped-example-'));
  const leftOut = ['.git', '.venv', 'node_modules', '__pycache__'];
  cpSync(ROOT, clone, { recursive: true, filter: (path) => !leftOut.includes(basename(path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  for (const words of ['init --quiet', 'add .', 'commit --quiet -m everything', 'tag v1.0.0'])
    bash(`git ${words}`);
});
afterAll(() => rmSync(clone, { recursive: true }));

function bash(command: string): string {
  const author = { GIT_AUTHOR_NAME: 't', GIT_AUTHOR_EMAIL: 't@example.org' };
  const committer = { GIT_COMMITTER_NAME: 't', GIT_COMMITTER_EMAIL: 't@example.org' };
  const env = { ...process.env, ...author, ...committer };
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', command], {
    cwd: clone,
    env,
    encoding: 'utf8',
  });
  expect({ command, status, said: status === 0 ? '' : stdout + stderr }).toEqual({
    command,
    status: 0,
    said: '',
  });
  return stdout;
}

if (spawnSync('git', ['--version']).status === 0)
  test('the example becomes the sources, word for word, and nothing is found', () => {
    for (const command of commands.filter(keepers.example)) bash(command.text);
    bash('npm run synth');
    bash('npm run check');
    bash('npx tsc');
    bash('npx coped images production --django ghcr.io/you/coped-web:1.2.0');
    bash('npx coped images production --django ghcr.io/cogent-computing/coped-web:1.0.0');
    bash('npx coped secrets production init --help');
    bash('git add --all && git commit --quiet -m COPED && npx coped plan production --from HEAD');
    for (const path of ['production/30-web.k8s.yaml', 'development/20-data.k8s.yaml'])
      expect(readFileSync(join(clone, 'dist', path), 'utf8')).toBe(
        readFileSync(join(ROOT, 'examples', 'coped', 'dist', path), 'utf8'),
      );
  });
