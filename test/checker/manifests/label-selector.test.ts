import { isEmpty, type LabelSelector, selects } from '../../../checker/manifests/label-selector';

const labels = { app: 'web', tier: 'front' };
const expression = (key: string, operator: string, values?: string[]): LabelSelector => ({
  matchExpressions: [{ key, operator, values }],
});

test.each<[string, LabelSelector, boolean]>([
  ['the empty selector selects everything', {}, true],
  ['labels must all be there', { matchLabels: { app: 'web', tier: 'front' } }, true],
  ['one wrong label is enough', { matchLabels: { app: 'web', tier: 'back' } }, false],
  ['a missing label is a wrong one', { matchLabels: { other: 'x' } }, false],
  ['In', expression('app', 'In', ['api', 'web']), true],
  ['In without the value', expression('app', 'In', ['api']), false],
  ['In without the label', expression('other', 'In', ['x']), false],
  ['NotIn', expression('app', 'NotIn', ['api']), true],
  ['NotIn with the value', expression('app', 'NotIn', ['web']), false],
  ['NotIn selects what lacks the label', expression('other', 'NotIn', ['x']), true],
  ['Exists', expression('app', 'Exists'), true],
  ['Exists without the label', expression('other', 'Exists'), false],
  ['DoesNotExist', expression('other', 'DoesNotExist'), true],
  ['DoesNotExist with the label', expression('app', 'DoesNotExist'), false],
  ['an unknown operator selects nothing', expression('app', 'Like', ['web']), false],
  [
    'labels and expressions hold together',
    { matchLabels: { app: 'web' }, ...expression('tier', 'In', ['back']) },
    false,
  ],
])('%s', (_, selector, expected) => {
  expect(selects(selector, labels)).toBe(expected);
});

test.each<[LabelSelector, boolean]>([
  [{}, true],
  [{ matchLabels: {}, matchExpressions: [] }, true],
  [{ matchLabels: { app: 'web' } }, false],
  [expression('app', 'Exists'), false],
])('%j is empty: %s', (selector, expected) => {
  expect(isEmpty(selector)).toBe(expected);
});
