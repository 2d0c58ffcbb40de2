import { yamlOf } from '../../yaml';
import { type Changes, release } from '../release';
import { found, NAMES } from './real';

interface Mistake {
  readonly mistake: string;
  readonly changes: Changes;
  readonly finds?: readonly string[];
  readonly worst?: readonly string[];
}

const mistakes = yamlOf<Mistake[]>(__dirname, 'mistakes.yaml');

/** `*` stands for any text. */
const like = (text: string): unknown => {
  const pattern = text.replaceAll(/[.?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return text.includes('*') ? expect.stringMatching(`^${pattern}$`) : text;
};

describe.each(NAMES)('%s', (name) => {
  test('has none of them', () => {
    expect(found(release(name))).toEqual([]);
  });

  test.each(mistakes)('$mistake', ({ changes, finds, worst = [] }) => {
    const all = found(release(name, {}, changes));
    if (finds) expect(all).toEqual(finds.map(like));
    expect(all).toEqual(expect.arrayContaining(worst.map(like)));
  });
});
