import type { Answer } from '../fake-world';
import { fakeWorld } from '../fake-world';
import { canLogIn } from './can-log-in';
import { FakeCluster, type FakePod } from './fake-cluster';

jest.mock('node:timers/promises', () => ({ setTimeout: async () => {} }));

describe('refuses, and touches nothing, where', () => {
  const refusals: readonly [string, (cluster: FakeCluster) => void, RegExp][] = [
    [
      'a pod has no place for two values',
      ({ pods }) => (pods[0] = { ...(pods[0] as FakePod), mounts: { 'postgres-application': ['password'] } }),
      /pod web-1 comes from a release that cannot live with two values/,
    ],
    [
      'an image does not know of two values',
      ({ pods }) => Object.assign(pods[1] ?? {}, { old: true }),
      /pod api-1 comes from a release/,
    ],
    [
      'a bootstrap Job is at it',
      ({ pods }) =>
        pods.push({
          name: 'b-1',
          component: 'postgres-bootstrap',
          job: true,
          mounts: { 'postgres-application': ['password'] },
        }),
      /postgres-bootstrap is using postgres-application\/password now, in pod b-1/,
    ],
    [
      'a pod is not up',
      ({ pods }) => Object.assign(pods[0] ?? {}, { phase: 'Pending' }),
      /a pod that is not ready cannot be asked: web-1/,
    ],
    [
      'there is no server',
      (cluster) => Object.assign(cluster, { founded: false }),
      /there is no postgres yet/,
    ],
    [
      'the Secret is missing',
      ({ secrets }) => secrets.delete('postgres-application'),
      /postgres-application\/password is missing/,
    ],
    [
      'the superuser cannot log in',
      ({ servers }) => Object.assign(servers.postgres ?? {}, { postgres: 'another' }),
      /postgres does not accept postgres-superuser\/password/,
    ],
  ];
  test.each(refusals)('%s', async (_, spoil, message) => {
    const cluster = FakeCluster.complete();
    spoil(cluster);
    const before = structuredClone(cluster.secrets);
    const world = fakeWorld(cluster.answer);
    expect(await world.coped('secrets', 'production', 'rotate', 'postgres-application')).toBe(2);
    expect(world.errors()).toMatch(message);
    expect(cluster.secrets).toEqual(before);
  });
});

test('somebody else changes the Secret at the same time: nothing of theirs is overwritten', async () => {
  const cluster = FakeCluster.complete();
  const meddled: Answer = (call) => {
    if (call.line.startsWith('replace')) cluster.put('postgres-application', { password: 'theirs' });
    return cluster.answer(call);
  };
  const world = fakeWorld(meddled);
  expect(await world.coped('secrets', 'production', 'rotate', 'postgres-application')).toBe(1);
  expect(world.errors()).toContain('another command has just changed Secret/postgres-application');
  expect(cluster.value('postgres-application', 'password')).toBe('theirs');
});

test('a server that keeps the old password is a failure, and clients keep both', async () => {
  const cluster = FakeCluster.complete();
  const deaf: Answer = (call) =>
    String(call.options.input).includes('ALTER ROLE') ? { code: 0 } : cluster.answer(call);
  const world = fakeWorld(deaf);
  expect(await world.coped('secrets', 'production', 'rotate', 'postgres-application')).toBe(1);
  expect(world.errors()).toContain('postgres does not accept the new password of coped_application');
  expect(cluster.pods.every((pod) => canLogIn(cluster, pod))).toBe(true);
});

test('not while somebody deploys; and the right to is given back', async () => {
  const cluster = FakeCluster.complete();
  const world = fakeWorld(cluster.answer);
  await world.coped('secrets', 'production', 'rotate', 'postgres-owner');
  expect(cluster.lease.spec.holderIdentity).toBeNull();

  cluster.lease.spec = {
    holderIdentity: 'ada at laptop 0a1b2c',
    renewTime: world.now().toISOString(),
    leaseDurationSeconds: 30,
  };
  const before = structuredClone(cluster.secrets);
  const second = fakeWorld(cluster.answer);
  expect(await second.coped('secrets', 'production', 'rotate', 'postgres-owner')).toBe(2);
  expect(second.errors()).toContain('ada at laptop');
  expect(cluster.secrets).toEqual(before);
});
