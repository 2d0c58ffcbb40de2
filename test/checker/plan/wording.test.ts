import { HIDDEN, wording } from '../../../checker/plan/wording';

const path = 'spec.x';

test.each([
  [1, 2, '1 → 2'],
  [undefined, { a: 1 }, 'added: {"a":1}'],
  ['x', undefined, 'removed, was x'],
  ['', 'x', '"" → x'],
  ['one\ntwo\n', 'one\nthree\n', 'one line two → three'],
  ['one\n', 'one\ntwo\nthree\n', '2 lines; the first: added: two'],
  ['one\ntwo\n', 'one\n', 'one line removed: two'],
  ['one\ntwo\n', 'two\none\n', 'the same lines in another order or number'],
])('says %j → %j in words', (before, after, words) => {
  expect(wording({ path, before, after })).toBe(words);
});

test('shortens long values, and still shows what differs', () => {
  const long = 'x'.repeat(100);
  expect(wording({ path, before: `${long}1`, after: `${long}2` })).toBe('…xxxxxxxxxx1 → …xxxxxxxxxx2');
  expect(wording({ path, after: long })).toBe(`added: ${'x'.repeat(59)}…`);
});

test.each([
  [undefined, HIDDEN, 'added'],
  [HIDDEN, undefined, 'removed'],
  [HIDDEN, HIDDEN, 'changed'],
])('hides secrets', (before, after, words) => {
  expect(wording({ path, before, after })).toBe(words);
});
