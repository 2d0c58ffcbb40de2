import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as temporary from '../cli/temporary';
import { copyOfTree, sourceFolders } from '../copy';

// The scripts of plan.yml, release.yml, promote.yml, propose.yml, deploy.yml and migrate.yml, from a clone of their own.

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;

let folder: string;
let clone: string;
/** What stands in for the programs that reach out of this machine, and tells what they were asked. */
let fakes: string;

function run(command: string, args: readonly string[], env: Record<string, string> = {}, cwd = clone) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${fakes}:${process.env.PATH}`, GITHUB_REPOSITORY: 'Us/Coped', ...env },
  });
  return { status, stdout, stderr };
}
const git = (...args: string[]) => temporary.git(clone, ...args).stdout.trim();
const script = (name: string, ...args: string[]) => run(join('.ci', name), args);
const changed = () => git('status', '--porcelain').split('\n').filter(Boolean);
const images = (environment: string) =>
  JSON.parse(readFileSync(join(clone, 'lib', 'environments', 'images', `${environment}.json`), 'utf8'));

function fake(name: string, text: string): void {
  writeFileSync(join(fakes, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
}

// Without Git there is no release.
if (temporary.hasGit) {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'coped-delivery-'));
    fakes = join(folder, 'fakes');
    mkdirSync(fakes);
    clone = copyOfTree(['.ci', '.gitignore', 'main.ts', ...sourceFolders, 'imports', 'dist']);
    run('git', ['init', '--quiet', '--bare', join(folder, 'origin.git')], {}, folder);
    git('init', '--quiet', '--initial-branch=main');
    writeFileSync(join(clone, '.git', 'info', 'exclude'), 'node_modules\n');
    git('remote', 'add', 'origin', join(folder, 'origin.git'));
    git('add', '.');
    git('commit', '--quiet', '--message=x');
    fake('gh', `echo "gh $*" >>"${join(folder, 'asked')}"`);
  });
  afterAll(() => {
    for (const path of [folder, clone]) rmSync(path, { recursive: true });
  });
  beforeEach(() => {
    git('switch', '--quiet', '--force', 'main');
    git('clean', '--quiet', '--force', '-d');
  });

  const pack = () => join(folder, 'proposal');

  test.each([
    [['v7.0.0', digest('a'), digest('b')], 'v7.0.0 is no version'],
    [['7.0.0', 'latest', digest('b')], 'latest is no digest'],
    [['7.0.0', digest('a'), 'sha256:12'], 'sha256:12 is no digest'],
    [['7.0.0', digest('a')], 'name the digest of dashboards'],
  ])('a release of %j is refused, and changes nothing', (args, message) => {
    expect(script('release', ...args)).toMatchObject({ status: 1, stderr: expect.stringContaining(message) });
    expect(changed()).toEqual([]);
  });

  test('only images and dist/ may change in a release', () => {
    expect(script('only-images').status).toBe(0);
    writeFileSync(join(clone, 'lib', 'more.ts'), '');
    writeFileSync(join(clone, 'main.ts'), '');
    expect(script('only-images')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('main.ts\nlib/more.ts\n'),
    });
  });

  test('a release is proposed for staging, merged, promoted, proposed for production, and then both are the same', () => {
    expect(script('release', '7.0.0', digest('a'), digest('b'))).toMatchObject({ status: 0, stderr: '' });
    expect(images('staging')).toMatchObject({
      django: `ghcr.io/us/coped/django:7.0.0@${digest('a')}`,
      dashboards: `ghcr.io/us/coped/dashboards:7.0.0@${digest('b')}`,
    });
    expect(
      changed().every((line) => / (dist\/staging\/|lib\/environments\/images\/staging\.json)/.test(line)),
    ).toBe(true);
    expect(script('proposal', 'staging', pack()).status).toBe(0);
    git('reset', '--quiet', '--hard');
    expect(script('pull-request', 'images/staging', 'Try 7.0.0', pack())).toMatchObject({ status: 0 });
    expect(git('log', '-1', '--format=%an: %s', 'origin/images/staging')).toBe(
      'github-actions[bot]: Try 7.0.0',
    );
    const asked = readFileSync(join(folder, 'asked'), 'utf8');
    expect(asked).toContain(
      `gh pr create --head images/staging --title Try 7.0.0 --body-file ${pack()}/plan.md`,
    );
    expect(readFileSync(join(folder, 'proposal', 'plan.md'), 'utf8')).toMatch(/^## Release plan for staging/);
    git('switch', '--quiet', 'main');
    git('merge', '--quiet', '--ff-only', 'images/staging');

    expect(script('promote').status).toBe(0);
    expect(images('production')).toEqual(images('staging'));
    expect(script('proposal', 'production', pack()).status).toBe(0);
    git('reset', '--quiet', '--hard');
    expect(script('pull-request', 'images/production', 'Promote', pack()).status).toBe(0);
    expect(run('node', ['cli/coped.js', 'check'])).toMatchObject({ status: 0 });
    git('switch', '--quiet', 'main');
    git('merge', '--quiet', '--ff-only', 'images/production');
    expect(script('promote').stdout).toBe('Nothing changes.\n');
    expect(script('proposal', 'production', pack())).toMatchObject({
      status: 1,
      stderr: 'production has these images already: there is nothing to propose.\n',
    });

    // Back again: it is on trial, as before.
    git('revert', '--no-edit', 'HEAD');
    expect(images('staging').insteadOf).toEqual({
      django: images('production').django,
      dashboards: images('production').dashboards,
    });
    expect(run('node', ['cli/coped.js', 'check'])).toMatchObject({ status: 0 });
  });

  test('a later proposal takes the place of one that is not merged', () => {
    for (const version of ['8.0.0', '8.1.0']) {
      git('switch', '--quiet', 'main');
      script('release', version, digest('c'), digest('d'));
      script('proposal', 'staging', pack());
      git('reset', '--quiet', '--hard');
      git('branch', '--quiet', '-D', 'images/later');
      if (version === '8.1.0') fake('gh', 'echo "gh $*"; [ "$2" != list ] || echo 12');
      const { status, stdout } = script('pull-request', 'images/later', version, pack());
      expect(status).toBe(0);
      if (version === '8.1.0') expect(stdout).toContain('gh pr edit images/later --title 8.1.0');
    }
    expect(git('log', '--format=%s', 'main..origin/images/later')).toBe('8.1.0');
  });

  test('a proposal that brings something else is not pushed, not even with another proof', () => {
    writeFileSync(join(clone, '.ci', 'only-images'), 'exit 0\n');
    git('add', '.');
    mkdirSync(join(folder, 'bad'));
    writeFileSync(join(folder, 'bad', 'change.patch'), `${git('diff', '--cached', 'HEAD')}\n`);
    writeFileSync(join(folder, 'bad', 'base'), `${git('rev-parse', 'HEAD')}\n`);
    git('reset', '--quiet', '--hard');
    expect(script('pull-request', 'images/bad', 'x', join(folder, 'bad'))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('.ci/only-images'),
    });
    expect(git('ls-remote', 'origin', 'images/bad')).toBe('');
  });

  test('.ci/plan describes and draws what changes; what does not is one line', () => {
    const web = join(clone, 'dist', 'staging', '30-web.k8s.yaml');
    const text = readFileSync(web, 'utf8');
    expect(text).toContain('replicas: 1\n');
    writeFileSync(web, text.replace('replicas: 1\n', 'replicas: 2\n'));
    git('commit', '--quiet', '--all', '--message=before');
    writeFileSync(web, text);
    const { status, stdout, stderr } = script('plan', 'HEAD');
    git('reset', '--quiet', '--hard', 'HEAD~1');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const plans = stdout.split('## Release plan for ').slice(1);
    expect(plans.map((plan) => plan.split('\n')[0])).toEqual(['development', 'production', 'staging']);
    expect(plans.slice(0, 2).map((plan) => plan.split('\n')[2])).toEqual([
      'Nothing changes.',
      'Nothing changes.',
    ]);
    expect(plans[2]).toContain('`Deployment/dashboards`');
    expect(plans[2]).toContain('```mermaid\n');
    const message = 'name the commit to compare with';
    expect(script('plan')).toMatchObject({ status: 1, stderr: expect.stringContaining(message) });
  });

  test('coped runs on the context of the kubeconfig that it is given, and nothing of it is left', () => {
    fake('kubectl', 'cat "$KUBECONFIG"');
    fake('npx', 'echo "$@"; ls "$KUBECONFIG"; echo "left: $CLUSTER"');
    const { status, stdout } = run('.ci/coped', ['deploy', 'production', '--wait'], {
      CLUSTER: 'its-context',
    });
    const [words = '', kubeconfig = '', left = ''] = stdout.split('\n');
    expect({ status, words, left }).toEqual({
      status: 0,
      words: 'coped deploy production --wait --yes --context its-context',
      left: 'left: ',
    });
    expect(run('ls', [kubeconfig]).status).not.toBe(0);
  });

  test('without a kubeconfig nothing runs, and the secret that is missing is named', () => {
    expect(run('.ci/coped', ['deploy', 'production'], { CLUSTER: '' })).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('set the secret KUBECONFIG'),
    });
  });
}
