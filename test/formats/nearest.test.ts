import { didYouMean } from '../../formats/nearest';

const KNOWN = ['postgres', 'web', 'api', 'elasticsearch'];

test.each([
  ['posgres', 'Did you mean postgres? '],
  ['postgers', 'Did you mean postgres? '],
  ['elasticsaerch', 'Did you mean elasticsearch? '],
  ['Web', 'Did you mean web? '],
  ['wbe', 'Did you mean web? '],
  ['redis', ''],
  ['elastic', 'Did you mean elasticsearch? '],
  ['', ''],
  ['db', ''],
  ['web', ''],
  [undefined, ''],
])('%s: %j', (given, expected) => {
  expect(didYouMean(given, KNOWN)).toBe(expected);
});
