import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn, sourceFolders } from './copy';

const ROOT = join(__dirname, '..');

/** Words that have a plainer one: see CONTRIBUTING.md, "Style". Whole words, also within an identifier in camelCase. */
const WORDS =
  /\b(nobody|somebody|whoever|told|houses?|troubles?|judg(e|es|ed|ing|e?ments?)|mend(s|ed|ing)?|hopeless|unusable)\b/g;
const BUDGET = 30;

/** What was written before, and what was decided before. */
const HISTORY = /^(CHANGELOG\.md|docs\/decisions\/00[0-2]\d-.*|test\/words\.test\.ts)$/;

const countIn = (path: string): number => {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const separate = text.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll('_', ' ');
  return separate.toLowerCase().match(WORDS)?.length ?? 0;
};

test('code and pages use plain words', () => {
  const files = filesIn([...sourceFolders, 'app', 'docs', 'examples', 'scripts', 'test'], /\.(ts|md)$/);
  const found = [...readdirSync(ROOT).filter((path) => /\.(ts|md)$/.test(path)), ...files]
    .filter((path) => !HISTORY.test(path))
    .map((path) => ({ path, count: countIn(path) }))
    .filter(({ count }) => count > 0);
  const sum = found.reduce((total, { count }) => total + count, 0);
  // The list is for the message.
  expect(sum <= BUDGET ? [] : found).toEqual([]);
});
