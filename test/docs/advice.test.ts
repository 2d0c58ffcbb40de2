import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from '../../cli/main';
import { fakeWorld } from '../cli/fake-world';
import { filesIn } from '../copy';

// `coped` alone is no command on a machine that has just run `npm ci`: what can be copied from a message, a help text or a page
// begins with npx.

const ROOT = join(__dirname, '..', '..');
const names = program(fakeWorld())
  .commands.map((command) => command.name())
  // Typed by the scripts of `npx coped completion`, and by nothing else.
  .filter((name) => name !== 'complete')
  .join('|');
const BARE = new RegExp(`(?<!npx )(?<![\\w/.-])coped (?=(${names}|…)\\b|--help)`);

/** Lines with their place, comments of programs left out: they are not advice. */
const linesOf = (path: string): { place: string; line: string }[] =>
  readFileSync(join(ROOT, path), 'utf8')
    .split('\n')
    .map((line, i) => ({ place: `${path}:${i + 1}`, line }))
    .filter(({ line }) => path.endsWith('.md') || !/^\s*(\/?\*|\/\/)/.test(line));

test('the pattern finds what it looks for, and nothing else', () => {
  for (const text of ['`coped up`', 'See coped backup --help', "'coped deploy x'"])
    expect(text).toMatch(BARE);
  for (const text of ['`npx coped up`', 'docker.io/coped status', 'COPED up', 'the coped namespace'])
    expect(text).not.toMatch(BARE);
});

test('messages and help texts say `npx coped …`', () => {
  const bare = filesIn(['cli'], /\.ts$/)
    .flatMap(linesOf)
    .filter(({ line }) => BARE.test(line));
  expect(bare.map(({ place, line }) => `${place} ${line.trim()}`)).toEqual([]);
});

test('so do the pages, apart from decisions, which advise nothing', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'app/README.md', 'test/e2e/README.md'];
  const docs = filesIn(['docs'], /\.md$/).filter((path) => !path.startsWith('docs/decisions'));
  const bare = [...pages, ...docs].flatMap(linesOf).filter(({ line }) => BARE.test(line));
  expect(bare.map(({ place, line }) => `${place} ${line.trim()}`)).toEqual([]);
});
