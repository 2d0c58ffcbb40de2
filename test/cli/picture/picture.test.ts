import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pictures } from '../../../cli/picture/pictures';
import { copedElsewhere, copedIn, refuses } from '../in-folder';
import { git, hasGit, temporaryFolder } from '../temporary';

const ROOT = join(__dirname, '..', '..', '..');
const folder = temporaryFolder();
const picture = (words: string) =>
  copedIn({ folder: folder(), root: folder() }, 'picture', ...words.split(' '));

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

const FOLDER = join(__dirname, '..', '..', '..', 'docs', 'pictures');

test('docs/pictures has a picture of every environment, and nothing else', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(pictures.map(({ name }) => `${name}.svg`).sort());
});

test('the README shows one of them, describes it in words, and links to the others', () => {
  const readme = readFileSync(join(FOLDER, '..', '..', 'README.md'), 'utf8');
  expect(readme).toMatch(/!\[[^\]]{80,}\]\(docs\/pictures\/production\.svg\)/);
  for (const { path } of pictures) expect(readme).toContain(`](${path})`);
});

describe.each(pictures)('$path', ({ name, text }) => {
  const svg = readFileSync(join(FOLDER, `${name}.svg`), 'utf8');

  test('is made of these sources; if not, run `npm run picture`', async () => {
    expect(svg).toBe(await text());
  });

  test('keeps its size in the README, whose column on GitHub has some 830 pixels', () => {
    expect(Number(/ width="(\d+)"/.exec(svg)?.[1])).toBeLessThanOrEqual(1.02 * 830);
  });

  test('is small and self-contained', () => {
    expect(Buffer.byteLength(svg)).toBeLessThan(60_000);
    expect(svg).not.toMatch(/<script|href|url\(|@import|<image|foreignObject/);
  });

  test('has a title and a description for screen readers', () => {
    expect(svg).toMatch(/^<svg [^>]* role="img" aria-labelledby="title desc">/);
    expect(svg).toContain(`<title id="title">COPED ${name}</title>`);
    expect(svg).toMatch(/<desc id="desc">[^<]*web to postgres at 5432\.[^<]*<\/desc>/);
  });
});
