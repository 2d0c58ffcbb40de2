import { gunzipSync, gzipSync } from 'node:zlib';
import type { ApiObject } from '../../../cli/cluster/kubectl';
import { staysBecause } from '../../../cli/release/ownership';
import { FakeCluster } from './fake-cluster';
import { config, LABELS, mockClock, NEW, OLD, object, plainly, release, run, runs } from './running';

jest.mock('node:timers/promises', () => ({ setTimeout: async () => mockClock.pass(1) }));
jest.spyOn(Date, 'now').mockImplementation(() => mockClock.now);

const OURS = { manager: 'coped', operation: 'Apply', fieldsV1: {} };
const THEIRS = { manager: 'helm', operation: 'Update', fieldsV1: {} };
const live = (kind: string, metadata: object, rest: object = {}): ApiObject => ({
  kind,
  metadata: { name: 'x', namespace: 'coped-staging', labels: LABELS, managedFields: [OURS], ...metadata },
  ...rest,
});

test('what we have written, and what says that it is ours, may be deleted', () => {
  expect(staysBecause(live('ConfigMap', {}), 'staging')).toBeUndefined();
  expect(staysBecause(live('Deployment', { managedFields: [THEIRS, OURS] }), 'staging')).toBeUndefined();
});

test.each([
  ['somebody else has copied our labels', 'ConfigMap', { managedFields: [THEIRS] }],
  ['nobody knows who has written it', 'ConfigMap', { managedFields: undefined }],
  ['we have only changed a field of it', 'ConfigMap', { managedFields: [{ ...OURS, operation: 'Update' }] }],
  ['another program has adopted it', 'ConfigMap', { labels: { 'app.kubernetes.io/part-of': 'theirs' } }],
  ['it is another environment’s', 'ConfigMap', { labels: { ...LABELS, 'app.kubernetes.io/instance': 'x' } }],
  ['another object owns it', 'ConfigMap', { ownerReferences: [{ kind: 'Operator', uid: '1' }] }],
  [
    'our labels were copied to it, for the whole cluster',
    'ClusterRole',
    { namespace: undefined, managedFields: [THEIRS] },
  ],
  ['it is in another namespace', 'ConfigMap', { namespace: 'kube-system' }],
  ['it holds data', 'PersistentVolumeClaim', {}],
  ['it holds data', 'PersistentVolume', { namespace: undefined }],
  ['it could not be created again', 'Secret', {}],
  ['its Secret would go with it', 'ExternalSecret', {}],
  ['everything in it would go', 'Namespace', { namespace: undefined }],
])('%s: %s stays', (_, kind, metadata) => {
  expect(staysBecause(live(kind, metadata), 'staging')).toEqual(expect.any(String));
});

test('what somebody else has made anew under the same name stays, although our labels were copied to it', async () => {
  const cluster = new FakeCluster();
  await run(cluster, () => release(OLD));
  cluster.objects.delete('ConfigMap b');
  await plainly(cluster, [config('b', { theirs: '1' })]);
  const { end, said } = await runs(cluster, () => release(NEW));
  expect(end).toBe('deployed');
  expect(cluster.objects.get('ConfigMap b')?.render().data).toEqual({ theirs: '1' });
  expect(said).toMatch(/Left from earlier releases:\n {4}ConfigMap\/b, because it is not managed by coped.*/);
  expect(said).not.toContain('delete configmap b');
});

test('a record that somebody has tampered with deletes nothing that is not ours', async () => {
  const cluster = new FakeCluster();
  await run(cluster, () => release(OLD));
  const foreign = [
    object('v1', 'Secret', 'database', { data: { password: 'MQ==' } }),
    object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'admin', { rules: [] }),
    object('apps/v1', 'Deployment', 'theirs', { spec: { replicas: 1 } }),
  ];
  await plainly(cluster, foreign);
  const record = cluster.objects.get('ConfigMap coped-release-1');
  const contents = JSON.parse(
    gunzipSync(Buffer.from(record?.render().binaryData.release, 'base64')).toString(),
  );
  contents.manifests.push(...foreign);
  const tampered = gzipSync(JSON.stringify(contents)).toString('base64');
  record?.set(['binaryData', 'release'], tampered, 'kubectl-edit');
  await runs(cluster, () => release(NEW));
  for (const { kind, metadata } of foreign) {
    expect(cluster.objects.has(`${kind} ${metadata.name}`)).toBe(true);
  }
});
