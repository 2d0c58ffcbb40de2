import { gunzipSync, gzipSync } from 'node:zlib';
import type { Metadata } from '../../../cli/cluster/api-object';
import { staysBecause } from '../../../cli/release/ownership';
import { ReleaseCluster } from '../release/fake-cluster';
import {
  config,
  deployed,
  LABELS,
  mockClock,
  NEW,
  OLD,
  object,
  plainly,
  run,
  runs,
} from '../release/running';

jest.mock('node:timers/promises', () => ({ setTimeout: async () => mockClock.pass(1) }));
jest.spyOn(Date, 'now').mockImplementation(() => mockClock.now);

const OURS = { manager: 'coped', operation: 'Apply', fieldsV1: {} };
const THEIRS = { manager: 'helm', operation: 'Update', fieldsV1: {} };
const reasonFor = (kind: string, metadata: Partial<Metadata>) => {
  const own = { name: 'x', namespace: 'coped-staging', labels: LABELS, managedFields: [OURS] };
  return staysBecause({ apiVersion: 'v1', kind, metadata: { ...own, ...metadata } }, 'staging');
};

test('an object that we manage may be deleted, also if others set fields of it', () => {
  expect(reasonFor('ConfigMap', {})).toBeUndefined();
  expect(reasonFor('Deployment', { managedFields: [THEIRS, OURS] })).toBeUndefined();
});

test.each([
  ['another program has copied our labels', 'ConfigMap', { managedFields: [THEIRS] }],
  ['its managers are unknown', 'ConfigMap', { managedFields: undefined }],
  ['we have only changed a field of it', 'ConfigMap', { managedFields: [{ ...OURS, operation: 'Update' }] }],
  ['another program has adopted it', 'ConfigMap', { labels: { 'app.kubernetes.io/part-of': 'theirs' } }],
  ['it is another environment’s', 'ConfigMap', { labels: { ...LABELS, 'app.kubernetes.io/instance': 'x' } }],
  ['another object owns it', 'ConfigMap', { ownerReferences: [{ kind: 'Operator', uid: '1' }] }],
  ['it has no namespace', 'ClusterRole', { namespace: undefined, managedFields: [THEIRS] }],
  ['it is in another namespace', 'ConfigMap', { namespace: 'kube-system' }],
  ['it holds data', 'PersistentVolumeClaim', {}],
  ['it holds data', 'PersistentVolume', { namespace: undefined }],
  ['it could not be created again', 'Secret', {}],
  ['its Secret would go with it', 'ExternalSecret', {}],
  ['everything in it would go', 'Namespace', { namespace: undefined }],
  ['it runs', 'Job', {}],
])('%s: %s stays', (_, kind, metadata) => {
  expect(reasonFor(kind, metadata)).toEqual(expect.any(String));
});

test.each([
  object('v1', 'Secret', 'keep', { data: { a: 'MQ==' } }),
  object('storage.k8s.io/v1', 'StorageClass', 'keep', { provisioner: 'x' }),
])('a deploy never deletes a $kind', async (kept) => {
  const cluster = await deployed([...OLD, kept]);
  const { end, said } = await runs(cluster, OLD);
  expect(end).toBe('deployed');
  expect(cluster.names).toContain(`${kept.kind}/keep`);
  if (kept.kind !== 'Secret') expect(said).toMatch(/Left behind(.|\n)*keep/);
  expect(said).not.toContain('Left from earlier releases');
  // The next deploy mentions it, but not as a change.
  const again = await runs(cluster, OLD);
  expect(again.said).toContain('Nothing changes');
  if (kept.kind !== 'Secret')
    expect(again.said).toMatch(/Left from earlier releases:\n {4}StorageClass\/keep/);
});

test('a claim stops the deploy: nothing would use its data any more', async () => {
  const cluster = await deployed([...OLD, object('v1', 'PersistentVolumeClaim', 'keep', { spec: {} })]);
  const end = expect.stringContaining('PersistentVolumeClaim/keep');
  expect(await runs(cluster, OLD)).toMatchObject({ code: 2, end });
  expect(cluster.names).toContain('PersistentVolumeClaim/keep');
});

test('a StatefulSet whose disks would be deleted with it stops the deploy', async () => {
  const cluster = new ReleaseCluster();
  const spec = { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } };
  await plainly(cluster, [object('apps/v1', 'StatefulSet', 'db', { spec })]);
  await run(cluster, OLD);
  await run(cluster, [...OLD, object('apps/v1', 'StatefulSet', 'db', { spec: { ...spec, replicas: 0 } })]);
  const end = expect.stringContaining('its disks would be deleted');
  expect(await runs(cluster, OLD)).toMatchObject({ code: 2, end });
  expect(cluster.names).toContain('StatefulSet/db');
});

test('an object that another program has created again stays, although it has our labels', async () => {
  const cluster = await deployed();
  cluster.remove('ConfigMap', 'b');
  await plainly(cluster, [config('b', { theirs: '1' })]);
  const { end, said } = await runs(cluster, NEW);
  expect(end).toBe('deployed');
  expect(cluster.get('ConfigMap', 'b').data).toEqual({ theirs: '1' });
  expect(said).toMatch(/Left from earlier releases:\n {4}ConfigMap\/b, because it is not managed by coped.*/);
  expect(said).not.toContain('delete configmap b');
});

test('a record that was tampered with deletes nothing that is not ours', async () => {
  const cluster = await deployed();
  const foreign = [
    object('v1', 'Secret', 'database', { data: { password: 'MQ==' } }),
    object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'admin', { rules: [] }),
    object('apps/v1', 'Deployment', 'theirs', { spec: { replicas: 1 } }),
  ];
  await plainly(cluster, foreign);
  const { binaryData } = cluster.get('ConfigMap', 'coped-release-1');
  const contents = JSON.parse(gunzipSync(Buffer.from(binaryData.release ?? '', 'base64')).toString());
  contents.manifests.push(...foreign);
  binaryData.release = gzipSync(JSON.stringify(contents)).toString('base64');
  await runs(cluster, NEW);
  const names = foreign.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  expect(cluster.names).toEqual(expect.arrayContaining(names));
});
