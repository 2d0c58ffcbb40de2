import { recordsOf } from '../../../cli/release/records';
import { earlier } from '../../../cli/release/rollback';
import { fakeWorld } from '../fake-world';
import { FakeCluster } from './fake-cluster';
import { FakeObject } from './fake-object';
import {
  config,
  deployment,
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

test('development is brought up, not deployed', async () => {
  const world = fakeWorld();
  expect(await world.coped('deploy', 'development')).toBe(2);
  expect(await world.coped('diff', 'development')).toBe(2);
  expect(world.errors()).toContain('coped up development');
  expect(world.calls).toEqual([]);
});

test('a context on which it does not live is refused before the cluster is asked anything', async () => {
  const world = fakeWorld(({ program }) => (program === 'git' ? '' : undefined));
  expect(await world.coped('deploy', 'staging', '--context', 'coped-production', '--yes')).toBe(2);
  expect(world.errors()).toContain('staging does not live on the context "coped-production"');
  expect(
    world.calls.filter(({ program, line }) => program === 'kubectl' && !line.startsWith('config')),
  ).toEqual([]);
});

test.each(['0', 'x', '-1', '1.5'])('--rollback %s is no release', async (number) => {
  expect(await fakeWorld().coped('deploy', 'staging', `--rollback=${number}`)).toBe(2);
});

test('nobody has agreed: nothing is touched, and what would change was shown', async () => {
  const cluster = new FakeCluster();
  const { code, end, said } = await runs(cluster, old, {});
  expect(code).toBe(2);
  expect(end).toContain('nobody is here to agree');
  expect(said).toContain('7 objects created');
  expect(changing(cluster)).toEqual([]);
});

describe('secrets', () => {
  test('one that is not there is named, with what makes it, and nothing is touched', async () => {
    const cluster = new FakeCluster();
    cluster.secrets = { code: 0, stdout: 'django other-key\n', stderr: '' };
    const { code, end, next } = await runs(cluster, old);
    expect(code).toBe(2);
    expect(end).toMatch(/django, key secret-key: /);
    expect(next).toContain('coped secrets staging init');
    expect(cluster.calls.some((call) => /--output=json secret/.test(call))).toBe(false);
    expect(changing(cluster)).toEqual([]);
  });

  test('who may not see them is told so, and may go on', async () => {
    const cluster = new FakeCluster();
    cluster.secrets = { code: 1, stdout: '', stderr: 'secrets is forbidden' };
    expect(await runs(cluster, old)).toMatchObject({
      end: 'deployed',
      said: expect.stringContaining('You may not see'),
    });
  });

  const ingress = (annotations: object) => {
    const made = object('networking.k8s.io/v1', 'Ingress', 'site', {
      spec: { tls: [{ secretName: 'site-tls' }] },
    });
    return { ...made, metadata: { ...made.metadata, annotations } } as typeof made;
  };
  const certificate = object('networking.k8s.io/v1', 'Certificate', 'site', {
    spec: { secretName: 'site-tls' },
  });
  test.each([
    ['a certificate that cert-manager makes', [certificate, ingress({})]],
    ['one that an Ingress asks it for', [ingress({ 'cert-manager.io/issuer': 'acme' })]],
  ])('%s is not asked for', async (_, more) => {
    expect(await run(new FakeCluster(), () => release([...OLD, ...more]))).toBe('deployed');
  });
});

describe('two at once', () => {
  const lease = (seconds: number) => ({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: 'coped-deploy' },
    spec: {
      holderIdentity: 'ada@office 1a2b3c',
      leaseDurationSeconds: 30,
      acquireTime: '2026-01-02T03:00:00.000000Z',
      renewTime: new Date(mockClock.now - seconds * 1000).toISOString(),
    },
  });
  const put = (cluster: FakeCluster, seconds: number, version = 1) => {
    const made = new FakeObject(lease(seconds), version);
    made.apply(lease(seconds), 'kubectl-create');
    cluster.objects.set('Lease coped-deploy', made);
  };

  test('the second is refused, and told who is at it and since when', async () => {
    const cluster = new FakeCluster();
    put(cluster, 5);
    const { code, end, next } = await runs(cluster, old);
    expect({ code, end }).toEqual({
      code: 2,
      end: 'ada@office deploys this environment, since 2026-01-02 03:00:00 UTC',
    });
    expect(next).toContain('--wait');
    expect(changing(cluster)).toEqual([]);
  });

  test('or waits for it', async () => {
    const cluster = new FakeCluster();
    put(cluster, 5);
    let looks = 0;
    cluster.before = [
      'get --ignore-not-found --output=json lease',
      () => {
        looks += 1;
        if (looks === 4) cluster.objects.delete('Lease coped-deploy');
      },
    ];
    expect(await run(cluster, old, { yes: true, context: 'x', wait: true })).toBe('deployed');
    expect(looks).toBeGreaterThanOrEqual(4);
  });

  test('one that has crashed is taken over from, once it has kept silent', async () => {
    const cluster = new FakeCluster();
    put(cluster, 40);
    expect(await runs(cluster, old)).toMatchObject({
      end: 'deployed',
      said: expect.stringContaining('Seeing whether ada@office'),
    });
  });

  test('one whose clock is wrong is not: it gives signs of life', async () => {
    const cluster = new FakeCluster();
    put(cluster, 40);
    let version = 1;
    const renew = () => {
      version += 1;
      put(cluster, 40, version);
    };
    cluster.before = ['get --ignore-not-found --output=json lease', renew];
    expect(await runs(cluster, old)).toMatchObject({
      code: 2,
      end: expect.stringContaining('ada@office deploys'),
    });
  });

  test('of two that take it at the same moment one is refused', async () => {
    const cluster = new FakeCluster();
    cluster.before = ['create --output=json', () => put(cluster, 0)];
    expect(await runs(cluster, old)).toMatchObject({ code: 2, end: expect.stringContaining('faster') });
  });

  test('whoever changes the cluster while it is agreed to: all is shown again', async () => {
    const cluster = new FakeCluster();
    await run(cluster, old);
    let once = true;
    cluster.before = [
      'replace --output=json',
      () => {
        if (once) cluster.objects.get('ConfigMap a')?.set(['data', 'one'], 'by somebody', 'kubectl-edit');
        once = false;
      },
    ];
    const { end, said } = await runs(cluster, () => release(NEW));
    expect(end).toBe('deployed');
    expect(said).toContain('Somebody has changed the cluster since you looked');
    expect(said.match(/Release plan for/g)).toHaveLength(2);
  });
});

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
  expect(end).toMatch(/would not take this release\n {4}Deployment\/web metadata: .*spec is invalid/);
  expect(changing(cluster)).toEqual([]);
});

test('pods that wait for the migration: it is deployed, that is said, and what old pods read stays until the next time', async () => {
  const cluster = new FakeCluster();
  await run(cluster, old);
  cluster.gated = 'web';
  const { end, said } = await runs(cluster, () => release(NEW));
  expect(end).toBe('deployed');
  expect(said).toMatch(/New pods of web wait for the migration.*\n.*coped migrate staging/);
  const there = (...keys: string[]) => keys.filter((key) => cluster.objects.has(key));
  expect(there('ConfigMap b', 'Deployment old', 'NetworkPolicy old')).toEqual(['ConfigMap b']);
  cluster.gated = undefined;
  expect(await run(cluster, () => release(NEW))).toBe('deployed');
  expect(there('ConfigMap b')).toEqual([]);
});
