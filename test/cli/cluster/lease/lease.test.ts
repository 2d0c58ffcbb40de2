import type { Result } from '../../../../cli/cluster/execute';
import { Kubectl } from '../../../../cli/cluster/kubectl';
import { isHeld } from '../../../../cli/cluster/lease/lease-object';
import { renewing } from '../../../../cli/cluster/lease/renewal';
import { environments } from '../../../../lib/environments';
import { type Stored, stored } from '../../fake-object';
import { ReleaseCluster } from '../../release/fake-cluster';
import { changesOf, mockClock, OLD, run, runs } from '../../release/running';

jest.mock('node:timers/promises', () => ({ setTimeout: async () => mockClock.pass(1) }));

describe('two deploys at once', () => {
  beforeEach(() => jest.spyOn(Date, 'now').mockImplementation(() => mockClock.now));
  afterEach(() => jest.restoreAllMocks());

  /** Another deploy has renewed the lease this many seconds ago. */
  const put = (cluster: ReleaseCluster, seconds: number | undefined, resourceVersion = '1') =>
    cluster.remove('Lease').add({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'coped-deploy', resourceVersion },
      spec: {
        holderIdentity: 'ada@office 1a2b3c',
        leaseDurationSeconds: 30,
        acquireTime: '2026-01-02T03:00:00.000000Z',
        ...(seconds !== undefined && { renewTime: new Date(mockClock.now - seconds * 1000).toISOString() }),
      },
    });

  /** A cluster where it is held; `look` happens at each look at it. */
  function held(seconds: number | undefined, look?: (cluster: ReleaseCluster, looks: number) => unknown) {
    const cluster = new ReleaseCluster();
    let looks = 0;
    cluster.when(/^get .*json lease/, () => {
      looks += 1;
      look?.(cluster, looks);
      return undefined;
    });
    put(cluster, seconds);
    return cluster;
  }

  test('the second is refused, with who deploys and since when', async () => {
    const cluster = held(5);
    const { code, end, next } = await runs(cluster, OLD);
    expect([code, end]).toEqual([2, 'ada@office deploys this environment, since 2026-01-02 03:00:00 UTC']);
    expect(next).toContain('--wait');
    expect(changesOf(cluster)).toEqual([]);
  });

  test('or waits', async () => {
    const cluster = held(5, (one, looks) => looks === 4 && one.remove('Lease'));
    expect(await run(cluster, OLD, { yes: true, context: 'x', wait: true })).toBe('deployed');
  });

  const HOUR = 3600;
  test.each([
    ['that has crashed', 40],
    ['whose clock is ahead', -HOUR],
    ['without a time', undefined],
  ])('a holder %s loses the lease, unless it renews it', async (_, seconds) => {
    const said = expect.stringContaining('Checking whether ada@office');
    expect(await runs(held(seconds), OLD)).toMatchObject({ end: 'deployed', said });
    const alive = held(seconds, (cluster, looks) => put(cluster, seconds, String(looks)));
    expect(await runs(alive, OLD)).toMatchObject({ code: 2, end: expect.stringContaining('ada@office') });
  });

  test('of two that take it at the same moment one is refused', async () => {
    const cluster = new ReleaseCluster();
    cluster.when(/^create --output=json/, () => void put(cluster, 0));
    expect(await runs(cluster, OLD)).toMatchObject({
      code: 2,
      end: expect.stringContaining('took the lease first'),
    });
  });

  test('ctrl-C in the moment in which it is taken: it is given back', async () => {
    const cluster = new ReleaseCluster();
    await runs(cluster, OLD);
    const at = cluster.calls.findIndex((call) => call.startsWith('create --output=json'));
    const again = new ReleaseCluster();
    again.fault = { at, how: 'interrupted-half' };
    expect((await runs(again, OLD)).code).toBe(130);
    expect(isHeld(again.get('Lease'))).toBe(false);
  });
});

describe('a renewal', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** An API server that does what the first call asks, and whose answer is lost. */
  async function afterALostAnswer(holderThen: string): Promise<() => void> {
    const metadata = { name: 'coped-deploy', resourceVersion: '1' };
    let lease = stored({ kind: 'Lease', metadata, spec: { holderIdentity: 'me' } });
    let calls = 0;
    const kubectl = new Kubectl('c', 'coped-production', async (_, args, { input } = {}): Promise<Result> => {
      const answer = (code: number, stdout: string, stderr = '') => ({ code, stdout, stderr });
      if (args.includes('get')) return answer(0, JSON.stringify(lease));
      const written: Stored = JSON.parse(String(input));
      if (written.metadata.resourceVersion !== lease.metadata.resourceVersion)
        return answer(1, '', 'Error from server (Conflict)');
      calls += 1;
      lease = stored({ ...written, metadata: { ...metadata, resourceVersion: String(calls + 1) } });
      if (calls > 1) return answer(0, JSON.stringify(lease));
      lease.spec.holderIdentity = holderThen;
      return answer(1, '', 'Unable to connect to the server');
    });
    const held = renewing(kubectl, lease, 'me', { now: () => new Date(), environments });
    await jest.advanceTimersByTimeAsync(16_000);
    await held.stop();
    return held.check;
  }

  test('whose answer is lost: the lease is still ours', async () => {
    expect(await afterALostAnswer('me')).not.toThrow();
  });

  test('that finds another holder is an error', async () => {
    const check = await afterALostAnswer('another');
    expect(check).toThrow(/right to deploy was lost/);
    expect(check).toThrow(
      expect.objectContaining({ next: expect.stringContaining('`npx coped status production`') }),
    );
  });
});
