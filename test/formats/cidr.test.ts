import { isCidr } from '../../formats/cidr';

test.each([
  ['10.0.0.0/8', true],
  ['::/0', true],
  ['10.0.0.1/32', true],
  ['::1/128', true],
  ['::1/129', false],
  ['10.0.0.0', false],
  ['10.0.0.0/33', false],
  ['10.0.0/8', false],
  ['host/8', false],
  [undefined, false],
])('%s is a range: %s', (text, expected) => {
  expect(isCidr(text)).toBe(expected);
});
