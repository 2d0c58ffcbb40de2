import { isEmpty, type LabelSelector, type Labels, selects } from '../../../checker/manifests/label-selector';
import { yamlOf } from '../../yaml';

const { labels, selectors, ...lists } = yamlOf<{
  readonly labels: Labels;
  readonly selectors: Readonly<Record<string, readonly [LabelSelector, boolean]>>;
  readonly empty: readonly LabelSelector[];
  readonly 'not empty': readonly LabelSelector[];
}>(__dirname, 'label-selector.yaml');

test.each(Object.entries(selectors))('%s', (_, [selector, expected]) => {
  expect(selects(selector, labels)).toBe(expected);
});

test('knows a selector that selects everything', () => {
  expect(lists.empty.filter(isEmpty)).toEqual(lists.empty);
  expect(lists['not empty'].filter(isEmpty)).toEqual([]);
});
