import { difference as differenceOf } from '../../../checker/plan/difference';
import type { FieldSet } from '../../../cli/cluster/api-object';
import { fullDiff, masked } from '../../../cli/diff/full-diff';
import { handMade, keptByHand } from '../../../cli/release/manual-changes';
import { keyOf } from '../../../cli/release/release';
import type { View } from '../../../cli/release/view';
import type { Manifest } from '../../manifest';
import { config, deployment, object } from '../release/running';

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

const update = (manager: string, fieldsV1: FieldSet) => ({
  manager,
  operation: 'Update',
  time: '2026-01-02T03:04:05Z',
  fieldsV1,
});

test.each([
  ['of a list with keys', { 'k:{"name":"web"}': { '.': {}, 'f:image': {} } }],
  ['of a list as a whole', {}],
])('who has changed a field %s is named', (_, containers) => {
  const fields = { 'f:spec': { 'f:template': { 'f:spec': { 'f:containers': containers } } } };
  const [written, changed] = [deployment('web', 'web:1'), deployment('web', 'web:9')];
  const managedFields = [update('kubectl-edit', fields), update('other', { 'f:spec': { 'f:replicas': {} } })];
  const live = { ...changed, metadata: { ...changed.metadata, managedFields } };
  const byKey = (one: Manifest) => new Map([[keyOf(one), one]]);
  const { changed: changes } = differenceOf([changed], [written]);
  const [entry] = handMade(changes, byKey(written), byKey(live), byKey(written));
  expect(entry?.details).toEqual([
    expect.stringMatching(/image: .* → .* \(kubectl-edit, 2026-01-02 03:04\)/),
  ]);
});

test('fields that only a person has set are named; those of controllers, and those we set too, are not', () => {
  const managedFields = [
    { manager: 'coped', operation: 'Apply', fieldsV1: { 'f:data': { 'f:ours': {} } } },
    update('kube-controller-manager', { 'f:secrets': {} }),
    update('kubectl-client-side-apply', { 'f:plain': {} }),
    update('kubectl-patch', {
      'f:data': { 'f:ours': {} },
      'f:imagePullSecrets': { '.': {}, 'k:{"name":"registry"}': {} },
    }),
  ];
  const live = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web', managedFields } };
  expect(keptByHand(new Map([['x', live]]), [])).toEqual([
    'ServiceAccount/web imagePullSecrets[registry] (kubectl-patch, 2026-01-02 03:04)',
  ]);
});
