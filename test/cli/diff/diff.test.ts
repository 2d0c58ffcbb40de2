import { fullDiff, masked } from '../../../cli/diff/full-diff';
import { keptByHand } from '../../../cli/release/manual-changes';
import type { View } from '../../../cli/release/view';
import type { Manifest } from '../../manifest';
import { config, object } from '../release/running';

const SECRET = 'kJ8vQ2mZr5TnX4wB7yLp';
const env = [{ name: 'DB_PASSWORD', value: 'c2VjcmV0' }];

test.each<[string, Manifest]>([
  [
    'a Secret',
    object('v1', 'Secret', 's', {
      data: { password: 'c2VjcmV0', harmless: 'eA==' },
      stringData: { other: 'plain' },
    }),
  ],
  ['a variable', object('v1', 'Pod', 'p', { spec: { containers: [{ name: 'web', env }] } })],
  ['a configuration', config('c', { API_TOKEN: 'c2VjcmV0' })],
  ['a line of a script', config('c', { 'run.sh': `echo start\nlogin ${SECRET}\necho end` })],
])('%s is shown without what is secret in it', (what, manifest) => {
  const shown = JSON.stringify(masked(manifest));
  expect(shown).not.toMatch(/c2VjcmV0|eA==|plain|kJ8v/);
  expect(shown).toContain('secret');
  if (what === 'a line of a script') expect(shown).toContain('echo start');
});

test('every line of what is created, changed and deleted, but no secret', () => {
  const change = (before: Manifest, after: Manifest) => ({ name: 'ConfigMap/c', before, after, changes: [] });
  const gone = config('gone', { x: 'word' });
  const difference = {
    created: [object('networking.k8s.io/v1', 'NetworkPolicy', 'n', { spec: {} })],
    orphaned: [gone, object('v1', 'PersistentVolumeClaim', 'stays', {})],
    unchanged: [],
    changed: [
      change(config('c', { one: 'a', value: '1' }), config('c', { value: '2', one: 'a' })),
      change(config('c', { API_TOKEN: 'c2VjcmV0' }), config('c', { API_TOKEN: 'c2VjcmV1' })),
    ],
  };
  const view: Pick<View, 'difference' | 'live' | 'pruned'> = { difference, live: new Map(), pruned: [gone] };
  expect(fullDiff(view)).toMatchSnapshot();
});

test('fields that only a person has set are named; those of controllers, and those we set too, are not', () => {
  const update = (manager: string, fieldsV1: object) => ({
    manager,
    operation: 'Update',
    time: '2026-01-02T03:04:05Z',
    fieldsV1,
  });
  const managedFields = [
    { manager: 'coped', operation: 'Apply', fieldsV1: { 'f:data': { 'f:ours': {} } } },
    update('kube-controller-manager', { 'f:secrets': {} }),
    update('kubectl-client-side-apply', { 'f:plain': {} }),
    update('kubectl-patch', {
      'f:data': { 'f:ours': {} },
      'f:imagePullSecrets': { '.': {}, 'k:{"name":"registry"}': {} },
    }),
  ];
  const live = { kind: 'ServiceAccount', metadata: { name: 'web', managedFields } };
  expect(keptByHand(new Map([['x', live]]))).toEqual([
    'ServiceAccount/web imagePullSecrets[registry] (kubectl-patch, 2026-01-02 03:04)',
  ]);
});
