import { changes } from '../../../checker/plan/changes';

test('finds no difference between equal values, whatever the order of their fields', () => {
  expect(changes({ a: 1, b: [{ name: 'x' }] }, { b: [{ name: 'x' }], a: 1 })).toEqual([]);
});

test('names the path of each leaf, with what was there and what is', () => {
  expect(
    changes(
      { metadata: { annotations: { 'coped.org/config': 'a' } }, spec: { replicas: 1, paused: true } },
      { metadata: { annotations: { 'coped.org/config': 'b' } }, spec: { replicas: 2, minReadySeconds: 5 } },
    ),
  ).toEqual([
    { path: 'metadata.annotations[coped.org/config]', before: 'a', after: 'b' },
    { path: 'spec.replicas', before: 1, after: 2 },
    { path: 'spec.paused', before: true, after: undefined },
    { path: 'spec.minReadySeconds', before: undefined, after: 5 },
  ]);
});

test.each([
  [
    'name',
    { name: 'web', image: 'a' },
    { name: 'api', image: 'b' },
    { name: 'web', image: 'c' },
    'list[web].image',
  ],
  [
    'metadata.name',
    { metadata: { name: 'data' }, x: 1 },
    { metadata: { name: 'log' } },
    { metadata: { name: 'data' }, x: 2 },
    'list[data].x',
  ],
  ['path', { path: '/', x: 1 }, { path: '/api/' }, { path: '/', x: 2 }, 'list[/].x'],
])('compares list items that have the same %s', (_, item, other, changed, path) => {
  expect(changes({ list: [item] }, { list: [other, changed] }).map((change) => change.path)).toEqual([
    path,
    `list[${Object.values(other)[0].name ?? Object.values(other)[0]}]`,
  ]);
});

test('names the order of items that nothing else distinguishes', () => {
  const [a, b] = [{ name: 'a' }, { name: 'b' }];
  expect(changes({ list: [a, b] }, { list: [b, a] })).toEqual([
    { path: 'list, their order', before: 'a, b', after: 'b, a' },
  ]);
});

test('compares other lists place by place, or by what was added and removed', () => {
  expect(changes(['a', 'b'], ['a', 'c'], 'args')).toEqual([{ path: 'args[1]', before: 'b', after: 'c' }]);
  expect(changes(['a', 'a', 'b'], ['a', 'b'], 'args')).toEqual([{ path: 'args[]', before: 'a' }]);
  expect(changes([{ x: 1 }], [{ x: 2 }, { x: 1 }], 'rules')).toEqual([{ path: 'rules[]', after: { x: 2 } }]);
});

test('distinguishes a number and a text, nothing and an empty list, an object and a list', () => {
  for (const [before, after] of [
    [1, '1'],
    [undefined, []],
    [{}, []],
    [null, undefined],
  ]) {
    expect(changes(before, after, 'x')).toEqual([{ path: 'x', before, after }]);
  }
});
