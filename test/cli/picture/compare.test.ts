import { becomes, compare, isUnchanged } from '../../../cli/picture/graph/compare';
import { fact } from '../../../cli/picture/graph/graph';
import { graph, link, party } from './small';

const fates = (all: readonly { readonly fate: string }[]) => all.map(({ fate }) => fate);

test('what is the same is the same', () => {
  const one = graph([party('a', { facts: [fact('x', 'y')] }), party('b')], [link('a', 'b', '80')]);
  expect(isUnchanged(compare(one, one))).toBe(true);
});

test('tells what came, went and changed; what went stands at the end', () => {
  const both = compare(
    graph([party('gone'), party('b', { facts: [fact('disk', 'a disk of 1Gi')] })], [link('gone', 'b', '80')]),
    graph([party('b', { facts: [fact('disk', 'a disk of 2Gi')] }), party('new')], [link('new', 'b', '80')]),
  );
  expect(both.parties.map(({ id, fate }) => `${id} ${fate}`)).toEqual([
    'b changed',
    'new added',
    'gone removed',
  ]);
  expect(both.parties[0]?.facts).toEqual([{ key: 'disk', text: 'a disk of 1Gi → 2Gi', fate: 'changed' }]);
  expect(fates(both.links)).toEqual(['added', 'removed']);
  expect(isUnchanged(both)).toBe(false);
});

test('another path to an open door opens nothing', () => {
  const [before, after] = ['/old/', '/new/'].map((via) =>
    graph([party('a'), party('b')], [link('a', 'b', '80', { via })]),
  );
  expect(before && after && compare(before, after).links).toEqual([
    link('a', 'b', '80', { via: '/new/', fate: 'added', routeOnly: true }),
    link('a', 'b', '80', { via: '/old/', fate: 'removed', routeOnly: true }),
  ]);
});

test('a door that is refused now was closed', () => {
  const [before, after] = [false, true].map((refused) =>
    graph([party('a'), party('b')], [link('a', 'b', '80', { via: '/', refused })]),
  );
  expect(before && after && fates(compare(before, after).links)).toEqual(['added', 'removed']);
});

test.each([
  ['a disk of 50Gi', 'a disk of 80Gi', 'a disk of 50Gi → 80Gi'],
  ['Deployment, 3–10 pods', 'Deployment, 3–12 pods', 'Deployment, 3–10 → 3–12 pods'],
  ['1 pod', '2 pods', '1 pod → 2 pods'],
  ['a', 'b', 'a → b'],
  ['a b', 'a b b', 'a b → b b'],
])('%s becomes %s', (before, after, text) => {
  expect(becomes(before, after)).toBe(text);
});
