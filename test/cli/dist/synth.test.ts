import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../../../lib/environments';
import { copyOfTree, sourceFolders } from '../../copy';
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

const contents = (dist = folder('dist')): Record<string, string> =>
  Object.fromEntries(
    readdirSync(dist, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yaml'))
      .map((path) => [path, readFileSync(join(dist, path), 'utf8')]),
  );

test.each<[string, object, 'copy' | 'here']>([
  ['from another folder it writes into its own, and the bytes that are committed', {}, 'copy'],
  ['CDK8S_OUTDIR is where the cdk8s command line is started', { CDK8S_OUTDIR: 'dist' }, 'here'],
])('started as a program: %s', (_, given, written) => {
  const before = contents();
  const copy = copyOfTree(['main.ts', ...sourceFolders, 'dist', 'imports']);
  const folders = { copy: join(copy, 'dist'), here: folder('dist') };
  const old = Object.values(folders).map((dist) => join(dist, 'production', '99-old.k8s.yaml'));
  for (const file of old) writeFileSync(file, 'kind: Pod\n');
  const words = ['-r', join(copy, 'cli', 'register.js'), join(copy, 'main.ts')];
  const env = { ...process.env, ...given };
  const { status, stdout } = spawnSync('node', words, { cwd: folder(), encoding: 'utf8', env });
  expect({ status, left: old.filter((file) => existsSync(file)) }).toEqual({
    status: 0,
    left: old.filter((file) => !file.startsWith(folders[written])),
  });
  if (written === 'copy') expect(stdout).toContain(`git -C ${copy} diff`);
  for (const file of old) rmSync(file, { force: true });
  expect([contents(), contents(folders.copy)]).toEqual([before, before]);
  rmSync(copy, { recursive: true });
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
