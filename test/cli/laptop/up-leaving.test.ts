import type { Answer } from '../fake-world';
import { fakeWorld } from '../fake-world';
import { FakeCluster } from './fake-cluster';

const cluster = new FakeCluster();
const worldWith = (...answers: Answer[]) => fakeWorld(...answers, cluster.answer);

describe('a namespace that is being deleted', () => {
  const going =
    (deletionTimestamp: string, held: string): Answer =>
    ({ line }) => {
      if (line !== 'get namespace coped-development --ignore-not-found --output=json') return undefined;
      const message = `Some content in the namespace has finalizers remaining: ${held} in 1 resource instances`;
      const conditions = [{ type: 'NamespaceFinalizersRemaining', status: 'True', message }];
      return { metadata: { deletionTimestamp }, status: { conditions } };
    };
  const LONG_AGO = '2026-01-02T02:04:05Z';

  test('and does not go by itself: says what holds it, and builds and applies nothing', async () => {
    const world = worldWith(going(LONG_AGO, 'example.org/hold'));
    expect(await world.coped('up')).toBe(1);
    expect(world.errors()).toMatch(
      /✘ the namespace coped-development is being deleted \(asked for 60 min ago\)\n.*example\.org\/hold.*\n.*does not go by itself/,
    );
    expect(world.errors()).toContain('kubectl --context=kind-coped --namespace=coped-development edit');
    expect(world.calls.filter(({ line }) => /^(build|load|apply|create)/.test(line))).toEqual([]);
  });

  test.each([
    ['has only just been asked for', '2026-01-02T03:03:50Z', 'example.org/hold'],
    ['waits for its pods', LONG_AGO, 'kubernetes.io/pvc-protection'],
  ])('and %s does not stop it', async (_, since, held) => {
    expect(await worldWith(going(since, held)).coped('up')).toBe(0);
    expect(cluster.applied.length).toBeGreaterThan(0);
  });
});
