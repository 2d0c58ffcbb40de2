import type { Result } from '../../../../cli/cluster/execute';
import { type ApiObject, Kubectl } from '../../../../cli/cluster/kubectl';
import { isHeld } from '../../../../cli/cluster/lease/lease-object';
import { renewing } from '../../../../cli/cluster/lease/renewal';
import { FakeCluster } from '../../release/fake-cluster';
import { FakeObject } from '../../release/fake-object';
import { mockClock, OLD, release, runs } from '../../release/running';

jest.mock('node:timers/promises', () => ({ setTimeout: async () => mockClock.pass(1) }));

const LEASE = 'Lease coped-deploy';
const ASKED = 'get --ignore-not-found --output=json lease';
const old = () => release(OLD);

describe('a lease of another user', () => {
  beforeEach(() => jest.spyOn(Date, 'now').mockImplementation(() => mockClock.now));
  afterEach(() => jest.restoreAllMocks());

  const put = (cluster: FakeCluster, renewTime: string | undefined, version = 1) => {
    const spec = { holderIdentity: 'ada@office 1a2b3c', leaseDurationSeconds: 30, renewTime };
    const lease = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'coped-deploy' },
      spec,
    };
    const made = new FakeObject(lease, version);
    made.apply(lease, 'kubectl-create');
    cluster.objects.set(LEASE, made);
  };
  const inAnHour = () => new Date(mockClock.now + 3_600_000).toISOString();

  test.each([
    ['whose clock was ahead by an hour', inAnHour],
    ['who has left no time', () => undefined],
  ])('%s and who is gone does not block a deploy', async (_, time) => {
    const cluster = new FakeCluster();
    put(cluster, time());
    expect(await runs(cluster, old)).toMatchObject({
      end: 'deployed',
      said: expect.stringContaining('Checking whether ada@office'),
    });
  });

  test('whose clock is ahead, and who is at work, is left alone', async () => {
    const cluster = new FakeCluster();
    let version = 1;
    cluster.before = [
      ASKED,
      () => {
        version += 1;
        put(cluster, inAnHour(), version);
      },
    ];
    expect(await runs(cluster, old)).toMatchObject({ code: 2, end: expect.stringContaining('ada@office') });
  });

  test('ctrl-C in the moment in which it is taken: it is given back', async () => {
    const cluster = new FakeCluster();
    await runs(cluster, old);
    const at = cluster.calls.findIndex((call) => call.startsWith('create --output=json'));
    const again = new FakeCluster();
    again.fault = { at, how: 'interrupted-half' };
    expect((await runs(again, old)).code).toBe(130);
    expect(again.objects.has(LEASE)).toBe(true);
    expect(isHeld(again.objects.get(LEASE)?.render())).toBe(false);
  });
});

describe('a sign of life', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** An API server that does what the first call asks, and whose answer is lost. */
  async function afterALostAnswer(holderThen: string): Promise<() => void> {
    let lease: ApiObject = { metadata: { resourceVersion: '1' }, spec: { holderIdentity: 'me' } };
    let calls = 0;
    const kubectl = new Kubectl('c', 'n', async (_, args, { input } = {}): Promise<Result> => {
      const answer = (code: number, stdout: string, stderr = '') => ({ code, stdout, stderr });
      if (args.includes('get')) return answer(0, JSON.stringify(lease));
      const written: ApiObject = JSON.parse(String(input));
      if (written.metadata.resourceVersion !== lease.metadata.resourceVersion)
        return answer(1, '', 'Error from server (Conflict)');
      calls += 1;
      lease = { ...written, metadata: { resourceVersion: String(calls + 1) } };
      if (calls > 1) return answer(0, JSON.stringify(lease));
      lease.spec.holderIdentity = holderThen;
      return answer(1, '', 'Unable to connect to the server');
    });
    const held = renewing(kubectl, lease, 'me', { now: () => new Date() });
    await jest.advanceTimersByTimeAsync(16_000);
    await held.stop();
    return held.check;
  }

  test('whose answer is lost costs nothing: the lease is still ours', async () => {
    expect(await afterALostAnswer('me')).not.toThrow();
  });

  test('that finds another holder says so', async () => {
    expect(await afterALostAnswer('another')).toThrow(/right to deploy was lost/);
  });
});
