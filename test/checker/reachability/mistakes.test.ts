import { matcher } from '../../../rules/differences';
import { yamlOf } from '../../yaml';
import type { Change } from '../cases/change';
import { release } from '../release';
import { found, NAMES } from './real';

interface Mistake extends Change {
  readonly mistake: string;
  readonly finds?: readonly string[];
  readonly worst?: readonly string[];
}

const mistakes = yamlOf<Mistake[]>(__dirname, 'mistakes.yaml');

describe.each(NAMES)('%s', (name) => {
  test('has none of them', () => {
    expect(found(release(name))).toEqual([]);
  });

  test.each(mistakes)('$mistake', ({ mistake: _, finds, worst = [], ...objects }) => {
    const all = found(release(name, {}, objects)).map(
      (line) => finds?.find((pattern) => matcher(pattern)(line)) ?? line,
    );
    if (finds) expect(all).toEqual(finds);
    expect(all).toEqual(expect.arrayContaining([...worst]));
  });
});
