import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environments } from '../../../lib/environments';
import { change } from '../../support';
import { copedIn } from '../in-folder';

const ROOT = join(__dirname, '..', '..', '..');

// A Git repository where v1.0.0 is what the sources synthesize.
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coped-plan-'));
  cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

const git = (...args: string[]) =>
  spawnSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder });
const plan = (...args: string[]) => copedIn({ folder }, 'plan', ...args);

/** The same, where production has something else at a path. */
const planWith = (path: string, value: unknown, ...args: string[]) => {
  const others = environments.map((environment) =>
    environment.name === 'production' ? change(environment, path, value) : environment,
  );
  return copedIn({ folder, environments: others as typeof environments }, 'plan', ...args);
};

test('says how to use it', async () => {
  expect(await plan('--help')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('npx coped plan production --from v1.0.0'),
  });
});

test.each([
  [[], "missing required argument 'environment'"],
  [['staging', 'production'], 'too many arguments'],
  [['prod'], 'Did you mean production? Choose from development, staging, production.'],
  [['production', '--form', 'v1.0.0'], "unknown option '--form'"],
])('refuses %j, with what to do', async (args, message) => {
  const { status, stdout, stderr } = await plan(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
});

// An unpacked archive on a machine without Git has nothing to compare with.
if (spawnSync('git', ['--version']).status === 0)
  describe('with Git', () => {
    beforeAll(() => {
      git('init', '--quiet');
      git('add', 'dist');
      git('commit', '--quiet', '--message=x');
      git('tag', 'v1.0.0');
    });

    test('compares the sources with the last release', async () => {
      const { status, stdout, stderr } = await plan('production');
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(
        /^Release plan for production, from v1\.0\.0 to .*\nNothing changes: \d+ objects, all as they were\.\n/,
      );
    });

    test('refuses a ref that does not exist', async () => {
      const { status, stderr } = await plan('production', '--from', 'v9');
      expect(status).toBe(2);
      expect(stderr).toMatch(/✘ v9: is not a commit, branch or tag/);
    });

    test('is a program like any other', () => {
      const words = [join(ROOT, 'cli', 'coped.js'), 'plan', 'staging'];
      const { status, stdout } = spawnSync('node', words, { cwd: folder, encoding: 'utf8' });
      expect(status).toBe(0);
      expect(stdout).toContain('Nothing changes');
      // Colours are for terminals.
      expect(stdout).not.toContain('\x1b[');
    });

    test('shows a release that the checks refuse, because that is what people have to know', async () => {
      const shown = await planWith('postgres.storage', '20Gi', 'production', '--from', 'HEAD', '--markdown');
      expect(shown.status).toBe(0);
      expect(shown.stdout).toMatch(/^## Release plan for production\n/);
      expect(shown.stdout).toMatch(/### Data at risk\n[^#]*StatefulSet\/postgres/);
    });

    test('shows no plan of settings that cannot be read, and says where', async () => {
      const { status, stdout, stderr } = await planWith('host', 'coped_example', 'production');
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain('production: host: "coped_example" is not a');
    });
  });
