import { quantity, sum } from '../../formats/quantity';
import { fc } from '../properties';

test.each([
  ['250m', 0.25],
  ['2', 2],
  ['0.1', 0.1],
  ['100m', 0.1],
  ['1500u', 0.0015],
  ['5n', 5e-9],
  ['1k', 1000],
  ['1Ki', 1024],
  ['1.5Gi', 1610612736],
  ['10G', 1e10],
  ['2Ti', 2199023255552],
  ['1E', 1e18],
  ['1e3', 1000],
  ['1E3', 1000],
  ['12e-1', 1.2],
  ['.5', 0.5],
  ['5.', 5],
  ['+1', 1],
  ['-1', -1],
  [4, 4],
])('%s is %d', (text, amount) => {
  expect(quantity(text)).toBe(amount);
});

test.each([
  '',
  ' ',
  '1 Gi',
  '1GB',
  '512MB',
  '1K',
  'Gi',
  '1mi',
  '0x10',
  '1e',
  '1e3Mi',
  'Infinity',
  '1,5',
  undefined,
  null,
])('%j is no quantity', (text) => {
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
