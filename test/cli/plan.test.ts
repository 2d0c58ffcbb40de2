import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOUSE = join(__dirname, '..', '..');

// A copy of the sources in a Git repository of its own, where v1.0.0 is what they synthesize.
let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'coped-plan-'));
  for (const part of ['main.ts', 'package.json', 'cli', 'imports', 'lib', 'local']) {
    cpSync(join(HOUSE, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(HOUSE, 'node_modules'), join(copy, 'node_modules'));
  run('node', '-r', './cli/register.js', 'main.ts');
});
afterAll(() => rmSync(copy, { recursive: true }));

const run = (command: string, ...args: string[]) =>
  spawnSync(command, args, { cwd: copy, encoding: 'utf8', timeout: 240_000 });
const plan = (...args: string[]) => run('node', '-r', './cli/register.js', 'cli/plan.ts', ...args);
const git = (...args: string[]) => run('git', '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args);

test('says how to use it', () => {
  expect(plan('--help')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('npm run plan -- production --from v1.0.0'),
  });
});

test.each([
  [[], 'Name one environment: npm run plan -- <development | staging | production>\n'],
  [['staging', 'production'], 'Name one environment: '],
  [['prod'], 'prod: is not an environment; choose from development, staging, production\n'],
  [['production', '--form', 'v1.0.0'], "Unknown option '--form'"],
])('refuses %j, with what to do', (args, message) => {
  const { status, stdout, stderr } = plan(...args);
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

    const edit = (path: string, from: string, to: string) => {
      const text = readFileSync(join(copy, path), 'utf8');
      expect(text).toContain(from);
      writeFileSync(join(copy, path), text.replaceAll(from, to));
    };

    test('compares the sources with the last release', () => {
      const { status, stdout, stderr } = plan('production');
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(
        /^Release plan for production, from v1\.0\.0 to .*\nNothing changes: \d+ objects, all as they were\.\n/,
      );
    });

    test('refuses a ref that does not exist', () => {
      const { status, stderr } = plan('production', '--from', 'v9');
      expect(status).toBe(2);
      expect(stderr).toMatch(/^v9: is not a commit, branch or tag/);
    });

    test('shows a release that the checks refuse, because that is what people have to know', () => {
      edit(
        'lib/environments/production.ts',
        "storage: '50Gi',\n    maxConnections",
        "storage: '20Gi',\n    maxConnections",
      );
      const { status, stdout } = plan('production', '--from', 'HEAD', '--markdown');
      expect(status).toBe(0);
      expect(stdout).toMatch(/^## Release plan for production\n/);
      expect(stdout).toMatch(/### Data at risk\n[^#]*StatefulSet\/postgres/);
      expect(plan('staging').stdout).toContain('Nothing changes');
    });

    test('shows no plan of settings that cannot be read, and says where', () => {
      edit('lib/environments/production.ts', "host: 'coped.example.org'", "host: 'coped_example'");
      const { status, stdout, stderr } = plan('production');
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain('production: host: "coped_example" is not a');
    });

    test('uses colours only where somebody sees them', () => {
      expect(plan('staging').stdout).not.toContain('\x1b[');
    });
  });
