import type { Json } from '../../../../checker/manifests/manifest';
import { rollout } from '../../../../checker/rules/availability/rollout';
import { broken, found } from '../../fixture';

const after = (name: string, more: Json, resilient = true) =>
  found(rollout, { ...broken(name, ({ spec }) => Object.assign(spec, more)), resilient }).map(
    ([where]) => where,
  );

test.each<[string, Json, string]>([
  ['Deployment/web', { paused: true }, 'paused'],
  ['Deployment/web', { strategy: { type: 'Recreate' } }, 'strategy.type'],
  ['Deployment/web', { revisionHistoryLimit: 0 }, 'revisionHistoryLimit'],
  ['StatefulSet/postgres', { updateStrategy: { type: 'OnDelete' } }, 'updateStrategy.type'],
  [
    'StatefulSet/postgres',
    { updateStrategy: { rollingUpdate: { partition: 1 } } },
    'updateStrategy.rollingUpdate.partition',
  ],
])('finds in %s: %j', (name, more, field) => {
  expect(after(name, more)).toEqual([`${name} spec.${field}`]);
});

test('finds nothing in a good environment', () => {
  expect(after('Deployment/web', {})).toEqual([]);
  expect(after('StatefulSet/postgres', { updateStrategy: { rollingUpdate: { partition: 0 } } })).toEqual([]);
});

test('lets a laptop stop what it replaces', () => {
  expect(after('Deployment/web', { strategy: { type: 'Recreate' } }, false)).toEqual([]);
});
