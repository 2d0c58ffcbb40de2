import { nakedPods } from '../../../../checker/rules/one-field';
import { found, good, withMore } from '../../fixture';

test('refuses a Pod that nobody starts again', () => {
  expect(found(nakedPods, withMore(['v1', 'Pod', 'debug', { spec: {} }]))).toEqual([
    ['Pod/debug kind', undefined, 'is not started again when its node goes away'],
  ]);
});

test('accepts what makes pods', () => {
  expect(found(nakedPods, good())).toEqual([]);
});
