import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeWorld } from '../cli/fake-world';
import { filesIn } from '../copy';
import { untried } from '../e2e/docs/trial';
import { steps } from '../e2e/steps';
import { commands, keeperOf, kept } from './keepers';

const ROOT = join(__dirname, '..', '..');
const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8');

test('a test runs every command of the pages, or docs/verified.md lists it', () => {
  const unknown = commands
    .filter((command) => keeperOf(command) === undefined)
    .map(({ page, line, text }) => `${page}:${line} ${text}`);
  // Say in test/docs/keepers.ts what runs it; or list it in docs/verified.md.
  expect(unknown).toEqual([]);
});

test('many are found, on every kind of page and in every kind of place', () => {
  const found = commands.map(({ page, text }) => `${page} ${text}`);
  expect(found).toEqual(
    expect.arrayContaining([
      'README.md npm run synth',
      'app/README.md python manage.py search_index',
      // Two lines of the page.
      'docs/backup-and-restore.md npx coped restore staging --from production/<name> --scrub lib/components/backup/scrub.sql',
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
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test('CONTRIBUTING.md says what is started by hand', () => {
  const rows = read('CONTRIBUTING.md').split('\n');
  for (const text of kept('people')) {
    expect(rows.filter((row) => row.includes(`\`${text}\``)).join()).toMatch(/by hand/);
  }
});

test.each(kept('pods'))('%s is what a pod runs, or a user in one', (text) => {
  const scripts = ['30-web', '50-operations'].map((file) => read('dist', 'production', `${file}.k8s.yaml`));
  const typed = kept('coped').map((command) => command.replace(/.* -- /, 'manage.py '));
  const inCluster = read('test', 'e2e', 'development', 'steps.ts').replaceAll("', '", ' ');
  const words = text.replace('python ', '').replace(' --noinput', '');
  expect([...scripts, ...typed, inCluster].some((script) => script.includes(words))).toBe(true);
});

test('docs/verified.md lists no command that the other pages do not have', () => {
  const others = new Set(commands.filter(({ page }) => page !== 'docs/verified.md').map(({ text }) => text));
  expect(untried.size).toBeGreaterThan(20);
  expect([...untried].filter((text) => !others.has(text))).toEqual([]);
});

/** Placeholders of the pages. */
const NAMES: Readonly<Record<string, string>> = {
  '<environment>': 'production',
  '<dump>': 'coped-20260101T023000Z.dump',
  '<name>': 'coped-20260101T023000Z.dump',
  '…': 'check',
};
const wordsOf = (text: string): string[] =>
  text
    .replace(/^(npx )?coped /, '')
    .replaceAll(/<\w+>|…/g, (name) => NAMES[name] ?? name)
    .split(' ');

/** The program itself, with a terminal, on a machine that has no other program. */
async function typed(text: string): Promise<{ code: number; said: string }> {
  const world = fakeWorld().atTerminal();
  return { code: await world.coped(...wordsOf(text)), said: world.errors() };
}

test.each(kept('coped'))('%s is accepted, and starts', async (text) => {
  const { code, said } = await typed(text);
  // It got as far as another program, or the reader's own file, and that is missing.
  if (code !== 0) expect(said).toMatch(/no answer to|\.env(\.prod)? cannot be read/);
});

test('steps of the end-to-end suite run every subcommand of the pages on a cluster', () => {
  const text = filesIn(['test/e2e/cli', 'test/e2e/scenarios'], /\.(ts|yaml)$/)
    .map((path) => read(path))
    .join('\n');
  const subcommands = new Set(kept('coped').map((text) => wordsOf(text)[0] as string));
  for (const word of ['--help', 'help', 'completion']) subcommands.delete(word);
  const tried = (name: string) =>
    [`['${name}'`, `cli/${name}/${name}'`].some((use) => text.includes(use)) ||
    new RegExp(`\\bcoped:? ${name}\\b`).test(text);
  expect([...subcommands].filter((name) => !tried(name))).toEqual([]);
});
