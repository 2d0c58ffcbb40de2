import { recordsOf } from '../../../cli/release/records';
import { earlier } from '../../../cli/release/rollback';
import { FakeCluster } from './fake-cluster';
import { FakeObject } from './fake-object';
import {
  config,
  deployment,
  job,
  mockClock,
  NEW,
  namespace,
  OLD,
  object,
  plainly,
  release,
  run,
  runs,
} from './running';

jest.mock('node:timers/promises', () => ({ setTimeout: async () => mockClock.pass(1) }));
jest.spyOn(Date, 'now').mockImplementation(() => mockClock.now);

const changing = (cluster: FakeCluster) =>
  cluster.calls.filter((call) => !/^get|--dry-run|^api-resources/.test(call));
const old = () => release(OLD);

describe('pruning', () => {
  test.each([
    ['a Secret', object('v1', 'Secret', 'keep', { data: { a: 'MQ==' } })],
    ['a storage class', object('storage.k8s.io/v1', 'StorageClass', 'keep', { provisioner: 'x' })],
  ])('never deletes %s', async (_, kept) => {
    const cluster = new FakeCluster();
    await run(cluster, () => release([...OLD, kept]));
    const { end, said } = await runs(cluster, old);
    expect(end).toBe('deployed');
    expect([...cluster.objects.keys()]).toContain(FakeObject.key(kept));
    if (kept.kind !== 'Secret') expect(said).toMatch(/Left behind(.|\n)*keep/);
    // The next time it is no news, but not forgotten either.
    const again = await runs(cluster, old);
    expect(again.said).toContain('Nothing changes');
    if (kept.kind !== 'Secret')
      expect(again.said).toMatch(/Left from earlier releases:\n {4}StorageClass\/keep/);
  });

  test('a claim stops the deploy: its data would be left to nobody', async () => {
    const cluster = new FakeCluster();
    const claim = object('v1', 'PersistentVolumeClaim', 'keep', { spec: {} });
    await run(cluster, () => release([...OLD, claim]));
    expect(await runs(cluster, old)).toMatchObject({
      code: 2,
      end: expect.stringContaining('PersistentVolumeClaim/keep'),
    });
    expect(cluster.objects.has('PersistentVolumeClaim keep')).toBe(true);
  });

  test('a StatefulSet that would take its disks along stops it', async () => {
    const cluster = new FakeCluster();
    const set = object('apps/v1', 'StatefulSet', 'db', {
      spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } },
    });
    await plainly(cluster, [set]);
    await run(cluster, old);
    await run(cluster, () => release([...OLD, { ...set, spec: { ...set.spec, replicas: 0 } }]));
    expect(await runs(cluster, old)).toMatchObject({
      code: 2,
      end: expect.stringContaining('its disks would be deleted'),
    });
    expect(cluster.objects.has('StatefulSet db')).toBe(true);
  });

  test('what somebody else has made anew under the same name is left alone', async () => {
    const cluster = new FakeCluster();
    await run(cluster, old);
    const stranger = { ...config('b', { theirs: '1' }), metadata: { name: 'b', namespace: 'coped-staging' } };
    cluster.objects.delete('ConfigMap b');
    await plainly(cluster, [stranger]);
    expect(await run(cluster, () => release(NEW))).toBe('deployed');
    expect(cluster.objects.get('ConfigMap b')?.render().data).toEqual({ theirs: '1' });
  });
});

test('what somebody changed by hand is named as such, and put back', async () => {
  const cluster = new FakeCluster();
  await run(cluster, old);
  cluster.objects.get('ConfigMap a')?.set(['data', 'one'], '3', 'kubectl-edit');
  cluster.objects.delete('NetworkPolicy old');
  const { end, said } = await runs(cluster, old);
  expect(end).toBe('deployed');
  expect(said).toMatch(
    /ConfigMap\/a: was changed in the cluster; that is undone\s+- data\.one: 3 → 1 \(kubectl-edit/,
  );
  expect(said).toMatch(/NetworkPolicy\/old: was deleted in the cluster/);
  expect(cluster.objects.get('ConfigMap a')?.render().data.one).toBe('1');
});

test('a change of the sources is not', async () => {
  const cluster = new FakeCluster();
  await run(cluster, old);
  expect((await runs(cluster, () => release(NEW))).said).not.toContain('Changed by hand');
});

test('a namespace that is not there is made first: the lease lives in it', async () => {
  const cluster = new FakeCluster();
  expect(await run(cluster, old)).toBe('deployed');
  const names = changing(cluster).map((call) => call.split(' ').slice(0, 2).join(' '));
  expect(names.slice(0, 2)).toEqual(['create --save-config', 'create --output=json']);
});

test('records hold no Secret, and the last five are kept', async () => {
  const cluster = new FakeCluster();
  const secret = object('v1', 'Secret', 'fake', { data: { password: 'MQ==' } });
  for (let i = 0; i < 8; i += 1) {
    await run(cluster, () =>
      release([namespace, secret, config('a', { i: String(i) }), deployment('web', `web:${i}`)]),
    );
  }
  const records = [...cluster.objects.keys()].filter((key) => key.includes('coped-release'));
  expect(records).toEqual([4, 5, 6, 7, 8].map((n) => `ConfigMap coped-release-${n}`));
  const read = await recordsOf({
    get: async () => ({ items: records.map((key) => cluster.objects.get(key)?.render()) }),
  } as never);
  expect(read.flatMap((record) => record.manifests()).some(({ kind }) => kind === 'Secret')).toBe(false);
  expect(read.at(-1)?.commit).toBe('abc');
  expect(earlier(read).restores).toBe(7);
  expect(earlier(read, 5).restores).toBe(5);
  expect(() => earlier(read, 2)).toThrow('release 2 was not deployed, or is forgotten');
});

test('what the API server refuses is told before anything is touched, and hides nothing else', async () => {
  const cluster = new FakeCluster();
  await run(cluster, old);
  cluster.refuses = (item) => item.kind === 'Deployment' && item.metadata.name === 'web';
  const { code, end } = await runs(cluster, () => release(NEW));
  expect(code).toBe(2);
  expect(end).toMatch(/this release cannot be deployed\n {4}Deployment\/web metadata: .*spec is invalid/);
  expect(changing(cluster)).toEqual([]);
});

test('pods that wait for the migration: it is deployed, that is said, and what old pods read stays until the next time', async () => {
  const cluster = new FakeCluster();
  await run(cluster, old);
  cluster.gated = 'web';
  const { end, said } = await runs(cluster, () => release(NEW));
  expect(end).toBe('deployed');
  expect(said).toMatch(
    /New pods of web wait for the migration; old ones, where there are any, go on serving\.\n.*coped migrate staging/,
  );
  const there = (...keys: string[]) => keys.filter((key) => cluster.objects.has(key));
  expect(there('ConfigMap b', 'Deployment old', 'NetworkPolicy old')).toEqual(['ConfigMap b']);
  cluster.gated = undefined;
  expect(await run(cluster, () => release(NEW))).toBe('deployed');
  expect(there('ConfigMap b')).toEqual([]);
});

test('a Job that runs again is compared with what was written, and not with what the API server made of it', async () => {
  const cluster = new FakeCluster();
  await run(cluster, () => release([namespace, job('boot-0123456789')]));
  cluster.objects
    .get('Job boot-0123456789')
    ?.set(['spec', 'template', 'spec', 'dnsPolicy'], 'ClusterFirst', 'server');
  const { said } = await runs(cluster, () => release([namespace, job('boot-abcdef0123')]));
  expect(said).toContain('Job/boot-abcdef0123: runs again');
  expect(said).not.toContain('dnsPolicy');
});
