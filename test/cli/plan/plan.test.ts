import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../../../lib/environments';
import { change } from '../../support';
import { copedIn, refuses } from '../in-folder';
import { git, hasGit, temporaryFolder } from '../temporary';

const ROOT = join(__dirname, '..', '..', '..');

// A Git repository where v1.0.0 is what the sources synthesize.
const folder = temporaryFolder();
beforeEach(() => {
  cpSync(join(ROOT, 'dist'), folder('dist'), { recursive: true });
  git(folder(), 'init', '--quiet');
  git(folder(), 'add', 'dist');
  git(folder(), 'commit', '--quiet', '--message=x');
  git(folder(), 'tag', 'v1.0.0');
});

const plan = (...args: string[]) => copedIn({ root: folder() }, 'plan', ...args);

/** The same, where production has another value at a path. */
const planWith = (path: string, value: unknown, ...args: string[]) => {
  const others = environments.map((environment) =>
    environment.name === 'production' ? change(environment, path, value) : environment,
  );
  const circumstances = { root: folder(), environments: others as typeof environments };
  return copedIn(circumstances, 'plan', 'production', ...args);
};

test.each([
  ['plan', "missing required argument 'environment'"],
  ['plan staging production', 'too many arguments'],
  ['plan prod', 'Did you mean production? Choose from development, staging, production.'],
  ['plan production --form v1.0.0', "unknown option '--form'"],
  ['plan production --from v9', '✘ v9: is not a commit, branch or tag'],
])('refuses %s', (words, message) => refuses(folder(), words, message));

test('settings that cannot be read have no plan, and are reported', async () => {
  const { status, stdout, stderr } = await planWith('host', 'coped_example');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('production: host: "coped_example" is not a');
});

if (hasGit)
  describe('with Git', () => {
    test('compares the sources with the last release', async () => {
      const { status, stdout, stderr } = await plan('production');
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(
        /^Release plan for production, from v1\.0\.0 to .*\nNothing changes: \d+ objects, all as they were\.\n/,
      );
    });

    test('shows also a release that the checks refuse', async () => {
      const { status, stdout } = await planWith('postgres.storage', '20Gi', '--from', 'HEAD', '--markdown');
      expect(status).toBe(0);
      expect(stdout).toMatch(
        /^## Release plan for production\n[\s\S]*### Data at risk\n[^#]*StatefulSet\/postgres/,
      );
    });
  });
