import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from '../../cli/main';
import { fakeWorld } from '../cli/fake-world';
import { filesIn } from '../copy';
import { pages } from '../e2e/docs/pages';

// `coped` alone is no command on a machine that has just run `npm ci`: what can be copied from a message, a help text or a page
// begins with npx.

const ROOT = join(__dirname, '..', '..');
const names = program(fakeWorld())
  .commands.map((command) => command.name())
  // Typed by the scripts of `npx coped completion`, and by nothing else.
  .filter((name) => name !== 'complete')
  .join('|');
const BARE = new RegExp(`(?<!npx )(?<![\\w/.-])coped (?=(${names}|…)\\b|--help)`);

/** Lines with a command that cannot be copied, after their place. */
const bareIn = ({ path, text }: { path: string; text: string }): string[] =>
  text
    .split('\n')
    .map((line, i) => `${path}:${i + 1} ${line.trim()}`)
    .filter((line) => BARE.test(line));

test('the pattern finds what it looks for, and nothing else', () => {
  for (const text of ['`coped up`', 'See coped backup --help', "'coped deploy x'"])
    expect(text).toMatch(BARE);
  for (const text of ['`npx coped up`', 'docker.io/coped status', 'COPED up', 'the coped namespace'])
    expect(text).not.toMatch(BARE);
});

test('messages and help texts say `npx coped …`; comments are not advice', () => {
  const sources = filesIn(['cli'], /\.ts$/).map((path) => ({
    path,
    text: readFileSync(join(ROOT, path), 'utf8').replaceAll(/^[ \t]*(\/?\*|\/\/).*/gm, ''),
  }));
  expect(sources.flatMap(bareIn)).toEqual([]);
});

test('so do the pages, apart from decisions and what was before, which advise nothing', () => {
  const advising = pages.filter(({ path }) => !/^(docs\/decisions\/|CHANGELOG)/.test(path));
  expect(advising.flatMap(bareIn)).toEqual([]);
});
