import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { parse } from 'yaml';
import { toYaml } from '../../../lib/output/yaml';
import { runs } from '../../counts';
import { fc } from '../../properties';

test('reads as if written by hand', () => {
  const text = readFileSync(join(__dirname, 'hand-written.yaml'), 'utf8');
  expect(toYaml({ ...(load(text) as object), left: undefined })).toBe(text);
});

/** What YAML takes for something else than a text, or for the end of one, if it is not quoted. */
const WORDS = `
  - ? #a a#b yes No ON y null ~ true 1 -1 +1 1.5 .5 1e3 1E-3 0x1f 0o17 0b1 017 1_000 12:30 12:30:45
  2026-11-23 2026-11-23T10:00:00Z .inf -.INF .nan << = --- ... *a &a !a | > %a @a \`a\` {a} [a] 'a' "a" a: a,b a]
  é “a” 😀`.split(/\s+/);
const TEXTS = [' ', '- a', ': a', 'a: b', 'a #b', 'a ', ' a', 'a\tb', '\ta', '--flag=x: y', '30 2 * * *'];
const LINES = ['a\n', '\na', 'a\n\n', 'a\n \nb', ' a\nb', 'a\r\nb', '\u2028', '\u0085', '\ufeff', '\u0000'];

test.each([...WORDS, ...TEXTS, ...LINES])('%j comes back as it was', (text) => {
  for (const value of [text, { a: text, [text]: 1 }, [text], [{ a: [text] }]]) {
    expect(load(toYaml(value))).toEqual(value);
  }
});

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...' \n\t-:#\'"|>?&*!%@{}[],ay1.~\\') }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value')),
  ),
})).value;

test('whatever JSON can say comes back as it was, from two independent parsers', () => {
  fc.assert(
    fc.property(json, (value) => {
      const plain = JSON.parse(JSON.stringify(value));
      const text = toYaml(plain);
      expect(load(text)).toEqual(plain);
      expect(parse(text)).toEqual(plain);
    }),
    { numRuns: runs(2) },
  );
});
