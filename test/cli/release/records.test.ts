import { randomBytes } from 'node:crypto';
import { FakeCluster } from './fake-cluster';
import { config, mockClock, OLD, release, run, runs } from './running';

jest.mock('node:timers/promises', () => ({ setTimeout: async () => mockClock.pass(1) }));
jest.spyOn(Date, 'now').mockImplementation(() => mockClock.now);

const applied = (cluster: FakeCluster) =>
  cluster.calls.filter((call) => /^apply/.test(call) && !call.includes('--dry-run'));

test('a release whose record no ConfigMap has room for is refused before anything of it is applied', async () => {
  const cluster = new FakeCluster();
  // Noise cannot be compressed: ten ConfigMaps, each of which is small enough.
  const noise = Array.from({ length: 10 }, (_, i) =>
    config(`noise-${i}`, { text: randomBytes(120_000).toString('base64') }),
  );
  const { code, end, next } = await runs(cluster, () => release([...OLD, ...noise]));
  expect({ code, end }).toEqual({
    code: 2,
    end: expect.stringMatching(/^the record of this release has 1\.\d MiB, and the cluster takes 1 MiB/),
  });
  expect(next).toMatch(/files.*image/i);
  expect(applied(cluster)).toEqual([]);
});

describe.each([
  ['whose contents were cut off', { release: 'H4sIAAAA' }],
  ['that has no contents', undefined],
])('a record %s', (_, binaryData) => {
  test('is named, with what to do, and nothing is applied', async () => {
    const cluster = new FakeCluster();
    await run(cluster, () => release(OLD));
    const record = cluster.objects.get('ConfigMap coped-release-1');
    record?.set(['binaryData', 'release'], binaryData?.release, 'kubectl-edit');
    const { code, end, next } = await runs(cluster, () => release([...OLD, config('more', {})]));
    expect({ code, end }).toEqual({
      code: 1,
      end: expect.stringContaining('the record of release 1 cannot be read'),
    });
    expect(next).toContain('delete configmap coped-release-1');
    expect(applied(cluster)).toEqual([]);
  });
});
