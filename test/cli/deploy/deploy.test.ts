import { fakeWorld } from '../fake-world';
import { FakeCluster } from '../release/fake-cluster';
import { FakeObject } from '../release/fake-object';
import { mockClock, NEW, OLD, object, release, run, runs } from '../release/running';

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
  expect(world.errors()).toContain('"coped-production" is not a context of staging');
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
  expect(end).toContain('the confirmation needs a terminal');
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
      said: expect.stringContaining('Checking whether ada@office'),
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
    expect(await runs(cluster, old)).toMatchObject({ code: 2, end: expect.stringContaining('lease first') });
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
    expect(said).toContain('The cluster has changed since the plan was made');
    expect(said.match(/Release plan for/g)).toHaveLength(2);
  });
});
