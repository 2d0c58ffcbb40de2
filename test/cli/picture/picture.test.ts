import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copedElsewhere, copedIn } from '../in-folder';

const ROOT = join(__dirname, '..', '..', '..');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coped-picture-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const picture = (...args: string[]) => copedIn({ folder }, 'picture', ...args);
const git = (...args: string[]) =>
  spawnSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder });

test.each([
  [['prod'], 'Did you mean production? Choose from development, staging, production.'],
  [['--mermaid'], 'Name one: npx coped picture <environment>'],
  [['staging', 'production'], 'too many arguments'],
  [['staging', '--to', 'HEAD'], '--to requires --from'],
  [['production', '--form', 'v1.0.0'], "unknown option '--form'"],
])('refuses %j, with what to do', async (args, message) => {
  const { status, stdout, stderr } = await picture(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
});

test('--output: the same picture as in docs/, wherever it is made', () => {
  expect(copedElsewhere(folder, 'picture', 'staging', '--output', 'here/staging.svg')).toMatchObject({
    status: 0,
    stdout: 'here/staging.svg\n',
    stderr: '',
  });
  expect(readFileSync(join(folder, 'here', 'staging.svg'), 'utf8')).toBe(
    readFileSync(join(ROOT, 'docs', 'pictures', 'staging.svg'), 'utf8'),
  );
});

// An unpacked archive on a machine without Git has nothing to compare with.
if (spawnSync('git', ['--version']).status === 0)
  describe('with Git', () => {
    const policies = 'dist/production/10-network.k8s.yaml';
    beforeAll(() => {
      git('init', '--quiet');
      cpSync(join(ROOT, 'dist', 'production'), join(folder, 'dist', 'production'), { recursive: true });
      git('add', 'dist');
      git('commit', '--quiet', '--message=x');
      git('tag', 'v1.1.0');
      const text = readFileSync(join(folder, policies), 'utf8');
      expect(text).toContain('port: 5432');
      writeFileSync(join(folder, policies), text.replaceAll('port: 5432', 'port: 5433'));
      git('commit', '--quiet', '--all', '--message=y');
      git('tag', 'v1.0.0');
    });

    test('draws what a ref and the sources differ in', async () => {
      const { status, stdout, stderr } = await picture('production', '--from', 'v1.0.0');
      expect({ status, stdout, stderr }).toEqual({
        status: 0,
        stdout: 'difference-production.svg\n',
        stderr: '',
      });
      const svg = readFileSync(join(folder, 'difference-production.svg'), 'utf8');
      expect(svg).toContain('<title>opened: backup to postgres at 5432</title>');
      expect(svg).toContain('<title>closed: backup to postgres at 5433</title>');
    });

    test('and two refs, as Mermaid', async () => {
      const words = ['production', '--from', 'v1.1.0', '--to', 'v1.0.0', '--mermaid'];
      const { status, stdout } = await picture(...words);
      expect(status).toBe(0);
      expect(stdout).toMatch(
        /^\*\*production, v1\.1\.0 → v1\.0\.0\*\*: 5 connections opened, 5 connections closed\n/,
      );
      expect(stdout).toContain('==>|"opened 5433"|');
    });

    test('says so where nothing differs', async () => {
      expect((await picture('production', '--from', 'v1.1.0', '--mermaid')).stdout).toMatch(
        /: nothing that is drawn here\n/,
      );
    });

    test('refuses a ref that does not exist', async () => {
      const { status, stderr } = await picture('production', '--from', 'v9');
      expect(status).toBe(2);
      expect(stderr).toMatch(/✘ v9: is not a commit, branch or tag/);
    });
  });
