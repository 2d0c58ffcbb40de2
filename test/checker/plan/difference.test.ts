import { difference } from '../../../checker/plan/difference';
import { HIDDEN } from '../../../checker/plan/wording';
import type { Manifest } from '../../manifest';

const object = (name: string, fields: object = {}, namespace = 'a'): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  ...fields,
});
const names = (manifests: readonly Manifest[]) => manifests.map(({ metadata }) => metadata.name);

test('sorts objects into created, changed, left behind and unchanged', () => {
  const found = difference(
    [object('same'), object('old'), object('other', { data: { x: '1' } })],
    [object('other', { data: { x: '2' } }), object('new'), object('same')],
  );
  expect(names(found.created)).toEqual(['new']);
  expect(names(found.orphaned)).toEqual(['old']);
  expect(names(found.unchanged)).toEqual(['same']);
  expect(found.changed).toMatchObject([
    { name: 'ConfigMap/other', changes: [{ path: 'data.x', before: '1', after: '2' }] },
  ]);
});

test('the same name in another namespace or API group is another object; another version is not', () => {
  const moved = difference([object('x')], [object('x', {}, 'b')]);
  expect([moved.created.length, moved.orphaned.length]).toEqual([1, 1]);
  const [a, b] = ['a.org/v1', 'b.org/v1'].map((apiVersion) => object('x', { apiVersion }));
  expect(difference([a as Manifest], [b as Manifest]).created).toHaveLength(1);
  const later = difference(
    [object('x', { apiVersion: 'a.org/v1' })],
    [object('x', { apiVersion: 'a.org/v2' })],
  );
  expect(later.changed).toMatchObject([{ changes: [{ path: 'apiVersion' }] }]);
});

test('shows of a Secret nothing but its type and labels', () => {
  const secret = (value: string, type: string): Manifest => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'x', annotations: { last: value } },
    type,
    data: { password: value },
  });
  const { changed } = difference([secret('canary-one', 'a')], [secret('canary-two', 'b')]);
  expect(changed[0]?.changes).toEqual([
    { path: 'metadata.annotations.last', before: HIDDEN, after: HIDDEN },
    { path: 'type', before: 'a', after: 'b' },
    { path: 'data.password', before: HIDDEN, after: HIDDEN },
  ]);
});

test('shows nothing that looks like a secret, wherever it is', () => {
  const canary = 'Zq7vTn2pLw9xKd4mRf8s';
  const [change] = difference(
    [object('x', { data: { note: `is ${canary}`, PGPASSWORD: 'short' } })],
    [object('x', { data: { note: 'is nothing', PGPASSWORD: 'other' } })],
  ).changed;
  expect(JSON.stringify(change?.changes)).not.toMatch(new RegExp(`${canary}|short|other`));
  expect(change?.changes).toMatchObject([
    { path: 'data.note', after: 'is nothing' },
    { path: 'data.PGPASSWORD' },
  ]);
});
