import { InterruptedError } from '../../../cli/terminal/errors';
import type { Answer, Call } from '../fake-world';
import { fakeWorld } from '../fake-world';
import { aboutLease, FakeCluster, goodValue } from './fake-cluster';

jest.mock('node:timers/promises', () => ({ setTimeout: async () => {} }));

const rotate = (answer: Answer, ...options: string[]) => {
  const world = fakeWorld(answer);
  return world
    .coped('secrets', 'production', 'rotate', 'django', ...options)
    .then((code) => ({ code, world }));
};

/** What each running pod has loaded: its files as they were when it started. */
function understood(cluster: FakeCluster): boolean {
  const loaded = cluster.pods.filter(({ mounts }) => mounts.django).map(({ files = {} }) => files);
  return loaded.every((signer) =>
    loaded.every((reader) => Object.values(reader).includes(signer['django/secret-key'] ?? '?')),
  );
}

const watched =
  (cluster: FakeCluster, calls: Call[] = []): Answer =>
  (call) => {
    const answer = cluster.answer(call);
    if (!call.line.startsWith('config') && !aboutLease(call)) calls.push(call);
    expect([call.line, understood(cluster)]).toEqual([call.line, true]);
    return answer;
  };

test('no pod signs with a key that another one does not accept', async () => {
  const cluster = FakeCluster.complete();
  const old = cluster.value('django', 'secret-key');
  const { code, world } = await rotate(watched(cluster));
  expect(code).toBe(0);
  expect(cluster.value('django', 'secret-key')).not.toBe(old);
  expect(cluster.value('django', 'previous-secret-key')).toBe(old);
  expect(cluster.value('django', 'next-secret-key')).toBeUndefined();
  expect(Object.values(cluster.deployments).map(({ restarts }) => restarts)).toEqual([2, 2]);
  expect(world.errors()).toContain('rotate django --forget-previous');
});

test('interrupted at any call, a second run finishes the same rotation, without restarts too many', async () => {
  const calls: Call[] = [];
  await rotate(watched(FakeCluster.complete(), calls));
  for (let at = 0; at < calls.length; at++) {
    for (const done of [false, true]) {
      const cluster = FakeCluster.complete();
      const old = cluster.value('django', 'secret-key');
      let n = 0;
      const first = await rotate((call) => {
        if (call.line.startsWith('config') || aboutLease(call)) return cluster.answer(call);
        if (n++ !== at) return watched(cluster)(call);
        if (done) watched(cluster)(call);
        throw new InterruptedError();
      });
      expect(first.code).toBe(130);
      const finished = cluster.secrets.get('django')?.metadata.annotations['coped.org/rotated-at'];
      const begun = cluster.value('django', 'next-secret-key');
      if (!finished) expect((await rotate(watched(cluster))).code).toBe(0);
      expect(cluster.value('django', 'previous-secret-key')).toBe(old);
      if (begun) expect(cluster.value('django', 'secret-key')).toBe(begun);
      expect(Object.values(cluster.deployments).map(({ restarts }) => restarts)).toEqual([2, 2]);
    }
  }
});

test('the key before is forgotten when somebody says so', async () => {
  const cluster = FakeCluster.complete();
  await rotate(watched(cluster));
  const key = cluster.value('django', 'secret-key');
  const { code } = await rotate(watched(cluster), '--forget-previous');
  expect(code).toBe(0);
  expect(Object.keys(cluster.secrets.get('django')?.data)).toEqual(['secret-key']);
  expect(cluster.value('django', 'secret-key')).toBe(key);
  expect(Object.values(cluster.deployments).map(({ restarts }) => restarts)).toEqual([3, 3]);
});

test('check says that it is half-done, then that the key before is still accepted', async () => {
  const cluster = FakeCluster.complete();
  const django = { 'secret-key': goodValue(1), 'previous-secret-key': goodValue(2) };
  cluster.put('django', django, { 'coped.org/rotation': '2026-01-01' });
  const half = fakeWorld(cluster.answer);
  expect(await half.coped('secrets', 'staging', 'check')).toBe(1);
  expect(half.output()).toContain('its rotation was interrupted');
  cluster.put('django', django);
  const after = fakeWorld(cluster.answer);
  expect(await after.coped('secrets', 'staging', 'check')).toBe(0);
  expect(after.output()).toContain('! django/secret-key');
});
