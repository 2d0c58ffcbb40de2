import { optionsOf } from '../e2e/options';

const none = { only: [], lanes: [], deep: false, list: false, help: false };

test.each([
  [[], none],
  [['--deep'], { ...none, deep: true }],
  [['--only', 'admission', 'docs'], { ...none, only: ['admission', 'docs'] }],
  [['--lane', 'hosted', '--deep', '--list'], { ...none, lanes: ['hosted'], deep: true, list: true }],
  [['--help'], { ...none, help: true }],
])('%j', (words, options) => expect(optionsOf(words)).toEqual(options));

test.each([
  [['--depe'], 'unknown option --depe'],
  [['admission'], 'unknown option admission'],
  [['--deep', 'admission'], 'unknown option admission'],
  [['--only'], '--only needs a name'],
  [['--only', '--lane', 'hosted'], '--only needs a name'],
])('%j: refused', (words, message) => expect(() => optionsOf(words)).toThrow(message));
