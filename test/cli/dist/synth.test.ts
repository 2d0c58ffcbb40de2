import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environments } from '../../../lib/environments';
import { script } from '../../script';
import { change } from '../../support';

// main.ts, as `node -r ./cli/register.js main.ts` runs it. main.slow.ts does the same with changed sources, and the cdk8s command.

const ROOT = join(__dirname, '..', '..', '..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coped-synth-'));
  cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Path in an environment (`staging.host`) → another value. */
type Changes = Readonly<Record<string, unknown>>;

function main(changes: Changes, ...names: string[]) {
  const changed = environments.map((environment) =>
    Object.entries(changes)
      .filter(([path]) => path.startsWith(`${environment.name}.`))
      .reduce<object>(
        (settings, [path, value]) => change(settings, path.replace(`${environment.name}.`, ''), value),
        environment,
      ),
  );
  return script('main.ts', names, { folder, instead: { './lib/environments': { environments: changed } } });
}

const contents = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yaml'))
      .map((path) => [path, readFileSync(join(folder, 'dist', path), 'utf8')]),
  );

test('started as a program, it writes the bytes that are committed, and removes what is no longer made', () => {
  const before = contents();
  writeFileSync(join(folder, 'dist', 'production', '99-old.k8s.yaml'), 'kind: Pod\n');
  const words = ['-r', join(ROOT, 'cli', 'register.js'), join(ROOT, 'main.ts')];
  expect(spawnSync('node', words, { cwd: folder, encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/^No commit of dist\/ was found/),
  });
  expect(contents()).toEqual(before);
});

test('problems of several environments are reported together; nothing is written; the exit code is 1', async () => {
  const before = contents();
  const { status, stderr } = await main({ 'staging.host': 'staging_coped', 'production.backup.keep': 0 });
  expect(status).toBe(1);
  expect(stderr).toContain('2 problems; nothing was written.');
  expect(stderr).toContain('staging: host: "staging_coped" is not a DNS name.');
  expect(stderr).toContain('production: backup.keep: 0 is less than 1.');
  expect(stderr).not.toContain('    at ');
  expect(contents()).toEqual(before);
});

test('only the named environments are written; an unknown name is refused with the known ones', async () => {
  rmSync(join(folder, 'dist'), { recursive: true });
  expect((await main({}, 'staging')).status).toBe(0);
  expect(readdirSync(join(folder, 'dist')).sort()).toEqual(['local', 'staging']);
  const { status, stderr } = await main({}, 'prod');
  expect(status).toBe(1);
  expect(stderr).toMatch(/"prod" is not an environment[\s\S]*development, staging, production/);
});

// An unpacked archive on a machine without Git has no commit to compare with.
if (spawnSync('git', ['--version']).status === 0)
  test('a volume that would become smaller than the committed one is refused, and nothing is written', async () => {
    const git = (...words: string[]) =>
      spawnSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...words], { cwd: folder });
    git('init', '--quiet');
    git('add', 'dist');
    expect(git('commit', '--quiet', '--message=dist')).toMatchObject({ status: 0 });
    const before = contents();
    const { status, stderr } = await main({ 'production.postgres.storage': '20Gi' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/production: StatefulSet\/postgres .*20Gi/);
    expect(contents()).toEqual(before);
  });
