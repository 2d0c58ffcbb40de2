import { isCidr } from '../../formats/cidr';
import { moves, parseImage } from '../../formats/image';
import { didYouMean, useOneOf } from '../../formats/nearest';
import { quantity, sum } from '../../formats/quantity';
import { fc } from '../properties';
import { yamlOf } from '../yaml';

type Texts = readonly (string | null)[];

const { quantities, images, ranges, names, ...more } = yamlOf<{
  readonly quantities: Readonly<Record<string, number>>;
  readonly 'no quantities': Texts;
  readonly images: Readonly<Record<string, Texts>>;
  readonly 'no images': Texts;
  readonly 'tags that move': Texts;
  readonly 'tags that stay': readonly string[];
  readonly ranges: Texts;
  readonly 'no ranges': Texts;
  readonly names: Readonly<Record<string, string | null>>;
}>(__dirname, 'formats.yaml');

const digest = 'a'.repeat(64);

test.each(Object.entries(quantities))('%s is %d', (text, amount) => {
  expect(quantity(text)).toBe(amount);
});

test('a number is a quantity', () => expect(quantity(4)).toBe(4));

test.each([...more['no quantities'], undefined])('%j is no quantity', (text) => {
  expect(quantity(text)).toBeUndefined();
});

test('reads every way to write the same amount as the same number', () => {
  fc.assert(
    fc.property(fc.nat(), (n) => {
      expect(quantity(`${n}k`)).toBe(quantity(`${n}e3`));
      expect(quantity(`${n}Mi`)).toBe(quantity(`${n * 1024}Ki`));
      expect(quantity(`${n}`)).toBe(quantity(`${n}000m`));
      expect(quantity(`${n}m`)).toBe(n / 1000);
    }),
  );
});

test('sums without the dust of binary fractions', () => {
  expect(sum(Array.from({ length: 10 }, () => 0.1))).toBe(1);
  expect(sum([])).toBe(0);
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 1_000_000 })), (milli) => {
      expect(sum(milli.map((n) => quantity(`${n}m`) ?? 0))).toBe(milli.reduce((a, b) => a + b, 0) / 1000);
    }),
  );
});

test.each(Object.entries(images))('takes %s apart', (text, parts) => {
  const [name, tag, found] = parts.map((part) => part?.replace('a…', digest));
  expect(parseImage(text.replace('a…', digest))).toEqual({ name, tag, digest: found });
});

test.each([...more['no images'], undefined])('%j is no image', (text) => {
  expect(parseImage(text)).toBeUndefined();
});

test.each(more['tags that move'])('the tag %s moves', (text) => {
  const tag = text ?? undefined;
  expect(moves({ tag })).toBe(true);
  expect(moves({ tag, digest })).toBe(false);
});

test.each(more['tags that stay'])('the tag %s stays', (tag) => {
  expect(moves({ tag })).toBe(false);
});

test('knows a range of addresses', () => {
  expect(ranges.filter(isCidr)).toEqual(ranges);
  expect([...more['no ranges'], undefined].filter(isCidr)).toEqual([]);
});

test.each([...Object.entries(names), [undefined, null] as const])('by %s is meant %s', (given, meant) => {
  const known = ['postgres', 'web', 'api', 'elasticsearch'];
  expect(didYouMean(given, known)).toBe(meant === null ? '' : `Did you mean ${meant}? `);
});

test('of many names the first are shown, and how many there are besides', () => {
  expect(useOneOf(['web', 'api', 'web'])).toBe('Use one of: web, api');
  expect(useOneOf([], 'none, the volume is empty')).toBe('Use one of: none, the volume is empty');
  const many = Array.from({ length: 1000 }, (_, number) => `file-${number}`);
  expect(useOneOf(many.slice(0, 20))).toMatch(/, file-19$/);
  expect(useOneOf(many)).toMatch(/^Use one of: file-0, .*, file-19, and 980 more$/);
});
