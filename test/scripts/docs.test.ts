import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../rules';
import { pages } from '../../scripts/docs/index';

test.each(pages)('$path is what the sources say; if not, run `npm run docs`', ({ path, text }) => {
  expect(readFileSync(join(__dirname, '..', '..', path), 'utf8')).toBe(text());
});

test.each(rules.map((rule) => ({ ...rule })))('$id tells people what they need to know', (rule) => {
  for (const text of [rule.what, rule.why, rule.remedy]) expect(text).toMatch(/^[A-Z`].{15,}\.$/s);
  expect(rule.link).toMatch(/^https:\/\/\S+$/);
});

test('no two rules have the same id', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
});
