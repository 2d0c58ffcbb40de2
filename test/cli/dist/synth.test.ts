import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../../../lib/environments';
import { script } from '../../script';
import { change } from '../../support';
import { git, hasGit, temporaryFolder } from '../temporary';

// main.ts, as `node -r ./cli/register.js main.ts` runs it. main.slow.ts does the same with changed sources, and the cdk8s command.

const ROOT = join(__dirname, '..', '..', '..');

const folder = temporaryFolder();
beforeEach(() => cpSync(join(ROOT, 'dist'), folder('dist'), { recursive: true }));

/** Runs it where these paths of environments (`staging.host`) have other values. */
function main(changes: Readonly<Record<string, unknown>>, ...names: string[]) {
  const changed = environments.map((environment) =>
    Object.entries(changes)
      .filter(([path]) => path.startsWith(`${environment.name}.`))
      .reduce<object>(
        (settings, [path, value]) => change(settings, path.replace(`${environment.name}.`, ''), value),
        environment,
      ),
  );
  const instead = { './lib/environments': { environments: changed } };
  return script('main.ts', names, { folder: folder(), instead });
}

const contents = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder('dist'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yaml'))
      .map((path) => [path, readFileSync(folder('dist', path), 'utf8')]),
  );

test('started as a program, it writes the bytes that are committed, and removes what is no longer made', () => {
  const before = contents();
  writeFileSync(folder('dist', 'production', '99-old.k8s.yaml'), 'kind: Pod\n');
  const words = ['-r', join(ROOT, 'cli', 'register.js'), join(ROOT, 'main.ts')];
  expect(spawnSync('node', words, { cwd: folder(), encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/^No commit of dist\/ was found/),
  });
  expect(contents()).toEqual(before);
});

test('only the named environments are written; an unknown name is refused with the known ones', async () => {
  rmSync(folder('dist'), { recursive: true });
  const { status, stdout } = await main({}, 'staging');
  expect([status, stdout]).toEqual([0, expect.stringMatching(/\d files have changed, of \d/)]);
  expect(readdirSync(folder('dist')).sort()).toEqual(['local', 'staging']);
  expect(await main({}, 'prod')).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/"prod" is not an environment[\s\S]*development, staging, production/),
  });
});

if (hasGit)
  test('a volume that would become smaller than the committed one is refused, and nothing is written', async () => {
    git(folder(), 'init', '--quiet');
    git(folder(), 'add', 'dist');
    git(folder(), 'commit', '--quiet', '--message=dist');
    const before = contents();
    const { status, stderr } = await main({ 'production.postgres.storage': '20Gi' });
    expect([status, stderr]).toEqual([1, expect.stringMatching(/production: StatefulSet\/postgres .*20Gi/)]);
    expect(contents()).toEqual(before);
  });
