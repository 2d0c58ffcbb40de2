import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages } from '../e2e/docs/pages';
import { snippetsOf } from '../e2e/docs/snippets';
import { steps } from '../e2e/steps';
import { commands, kept } from './all-commands';
import { keeperOf } from './keepers';

const HOUSE = join(__dirname, '..', '..');
const read = (...path: string[]) => readFileSync(join(HOUSE, ...path), 'utf8');

test('a test runs every command of the pages, or the page says beside it that it is not tried', () => {
  const unknown = commands
    .filter((command) => keeperOf(command) === undefined)
    .map(({ page, line, text }) => `${page}:${line} ${text}`);
  // Teach test/docs/keepers.ts who runs it; or write beside it that it is not tried, in a block `# not tried: <why>`.
  expect(unknown).toEqual([]);
});

test('many are found, on every kind of page and in every kind of place', () => {
  const found = commands.map(({ page, text }) => `${page} ${text}`);
  expect(found).toEqual(
    expect.arrayContaining([
      'README.md npm run synth',
      'app/README.md python manage.py search_index',
      // Two lines of the page.
      'docs/operations.md npx coped restore staging --from production/<name> --scrub lib/components/backup/scrub.sql',
      'docs/secrets.md k() { kubectl --context "$context" --namespace coped-production "$@"; }',
      'test/e2e/README.md npm run e2e -- --list',
    ]),
  );
});

test('only steps that exist are named', () => {
  const named = kept('ci').flatMap((text) => /--only (\S+)/.exec(text)?.[1] ?? []);
  expect(named.filter((name) => !steps.some((step) => step.name === name))).toEqual([]);
});

test('only tests that exist are named', () => {
  const named = kept('tests').flatMap((text) =>
    text
      .split(' ')
      .slice(2)
      .filter((word) => !word.startsWith('-')),
  );
  expect(named.filter((path) => !existsSync(join(HOUSE, path)))).toEqual([]);
});

test('the README says what is left to people', () => {
  const rows = read('README.md').split('\n');
  for (const text of kept('people')) {
    expect(rows.filter((row) => row.includes(`\`${text}\``)).join()).toMatch(/by hand/);
  }
});

test.each(kept('pods'))('%s is what a pod runs, or a person in one', (text) => {
  const folder = ['lib', 'components', 'django'];
  const scripts = readdirSync(join(HOUSE, ...folder)).map((file) => read(...folder, file));
  const typed = kept('coped').map((command) => command.replace(/.* -- /, 'manage.py '));
  const inCluster = read('test', 'e2e', 'development', 'application-tests.ts').replaceAll("', '", ' ');
  const words = text.replace('python ', '').replace(' --noinput', '');
  expect([...scripts, ...typed, inCluster].some((script) => script.includes(words))).toBe(true);
});

describe('how a page says that something is not tried', () => {
  const tried = (markdown: string) =>
    snippetsOf('page.md', markdown)
      .flat()
      .filter(({ notTried }) => !notTried);

  test.each([
    ['a remark behind it', '```sh\nmake tea     # not tried: there is none\n```'],
    ['a remark above it', '```sh\n# Not tried: there is none.\nmake tea\nmake more tea\n```'],
    ['the paragraph', 'First `kubectl get tea`,\nthen drink (**not tried**).'],
    ['the row', '| `kubectl get tea` | not tried |\n'],
    ['the paragraph, in other words', '`npm install tea` needs the internet.'],
  ])('%s', (_, markdown) => {
    expect(snippetsOf('page.md', markdown).flat().length).toBeGreaterThan(0);
    expect(tried(markdown)).toEqual([]);
  });

  test.each([
    ['a remark without a reason', '```sh\nmake tea     # not tried\n```'],
    ['a remark above another one', '```sh\n# Not tried: there is none.\nmake tea\n# Then:\ndrink\n```'],
    ['a remark before an empty line', '```sh\n# Not tried: there is none.\n\nmake tea\n```'],
    ['another row', '| `kubectl get cups` | |\n| `kubectl get tea` | not tried |\n'],
    ['another paragraph', 'It was not tried.\n\n`kubectl get tea`'],
  ])('but not: %s', (_, markdown) => {
    expect(tried(markdown)).toHaveLength(1);
  });
});

test('pages are found in every folder that has some', () => {
  const found = pages.map(({ path }) => path);
  expect(found).toEqual(
    expect.arrayContaining(['README.md', 'app/README.md', 'docs/operations.md', 'docs/decisions/README.md']),
  );
});
