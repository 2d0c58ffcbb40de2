import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copedElsewhere, copedIn, refuses } from '../in-folder';
import { git, hasGit, temporaryFolder } from '../temporary';

const ROOT = join(__dirname, '..', '..', '..');
const folder = temporaryFolder();
const picture = (words: string) => copedIn({ folder: folder() }, 'picture', ...words.split(' '));

test.each([
  ['prod', 'Did you mean production? Choose from development, staging, production.'],
  ['--mermaid', 'Name one: npx coped picture <environment>'],
  ['staging production', 'too many arguments'],
  ['staging --to HEAD', '--to requires --from'],
  ['production --form v1.0.0', "unknown option '--form'"],
])('refuses %s, with what to do', (words, message) => refuses(folder(), `picture ${words}`, message));

test('--output: the same picture as in docs/, wherever it is made', () => {
  expect(copedElsewhere(folder(), 'picture', 'staging', '--output', 'here/staging.svg')).toMatchObject({
    status: 0,
    stdout: 'here/staging.svg\n',
    stderr: '',
  });
  expect(readFileSync(folder('here', 'staging.svg'), 'utf8')).toBe(
    readFileSync(join(ROOT, 'docs', 'pictures', 'staging.svg'), 'utf8'),
  );
});

if (hasGit)
  describe('with Git', () => {
    const policies = 'dist/production/10-network.k8s.yaml';
    beforeEach(() => {
      const run = (words: string) => git(folder(), ...words.split(' '));
      run('init --quiet');
      cpSync(join(ROOT, 'dist', 'production'), folder('dist', 'production'), { recursive: true });
      run('add dist');
      run('commit --quiet --message=x');
      run('tag v1.1.0');
      const text = readFileSync(folder(policies), 'utf8');
      writeFileSync(folder(policies), text.replaceAll('port: 5432', 'port: 5433'));
      run('commit --quiet --all --message=y');
      run('tag v1.0.0');
    });

    test('draws what a ref and the sources differ in', async () => {
      const { status, stdout, stderr } = await picture('production --from v1.0.0');
      expect([status, stdout, stderr]).toEqual([0, 'difference-production.svg\n', '']);
      const svg = readFileSync(folder('difference-production.svg'), 'utf8');
      expect(svg).toContain('<title>opened: backup to postgres at 5432</title>');
      expect(svg).toContain('<title>closed: backup to postgres at 5433</title>');
    });

    test('and two refs, as Mermaid', async () => {
      const { stdout } = await picture('production --from v1.1.0 --to v1.0.0 --mermaid');
      expect(stdout).toMatch(
        /^\*\*production, v1\.1\.0 → v1\.0\.0\*\*: 5 connections opened, 5 connections closed\n/,
      );
      expect(stdout).toContain('==>|"opened 5433"|');
    });

    test('says so where nothing differs', async () => {
      const { stdout } = await picture('production --from v1.1.0 --mermaid');
      expect(stdout).toContain(': no visible change\n');
    });

    test('refuses a ref that does not exist', () =>
      refuses(folder(), 'picture production --from v9', '✘ v9: is not a commit, branch or tag'));
  });
