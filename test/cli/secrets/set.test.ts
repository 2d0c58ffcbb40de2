import type { PassThrough } from 'node:stream';
import { fakeWorld } from '../fake-world';
import { FakeCluster, goodValue } from './fake-cluster';

const GOOD = goodValue(99);

/** Runs `set` with something on standard input. */
async function set(cluster: FakeCluster, input: string, ...words: string[]) {
  const world = fakeWorld(cluster.answer);
  (world.terminal.streams.input as unknown as PassThrough).end(input);
  return { code: await world.coped('secrets', 'production', 'set', ...words), world };
}

test.each([
  `${GOOD}\n`,
  `${GOOD}\r\n`,
  GOOD,
])('stores what is piped, without its last line break', async (input) => {
  const cluster = new FakeCluster();
  cluster.founded = false;
  const { code, world } = await set(cluster, input, 'postgres-owner/password');
  expect(code).toBe(0);
  expect(cluster.value('postgres-owner', 'password')).toBe(GOOD);
  expect(world.output()).toBe('made  postgres-owner/password\n');
  expect(world.errors()).toContain('Nothing has to restart');
  expect(world.output() + world.errors()).not.toContain(GOOD);
});

test.each([
  ['fake-but-long-enough-1234', 'is a fake one'],
  ['5f0c', 'is shorter than 16 characters'],
  [`${GOOD}\n\n`, 'has a blank or a line break in it'],
  ['', 'is empty'],
])('refuses a weak value, and does not repeat it', async (input, wrong) => {
  const cluster = new FakeCluster();
  const { code, world } = await set(cluster, input, 'postgres-owner');
  expect(code).toBe(2);
  expect(world.errors()).toContain(`postgres-owner/password: the value ${wrong}`);
  if (input) expect(world.errors()).not.toContain(input.trim());
  expect(cluster.secrets.size).toBe(0);
});

test('replaces only when told to, and says who has to restart', async () => {
  const cluster = FakeCluster.complete();
  const before = cluster.value('django', 'secret-key');
  const refused = await set(cluster, GOOD, 'django');
  expect(refused.code).toBe(2);
  expect(refused.world.errors()).toContain('django/secret-key has a value already');
  expect(cluster.value('django', 'secret-key')).toBe(before);

  const { code, world } = await set(cluster, GOOD, 'django', '--replace');
  expect(code).toBe(0);
  expect(cluster.value('django', 'secret-key')).toBe(GOOD);
  expect(world.errors()).toContain(
    'kubectl --context=coped-production --namespace=coped-production rollout restart deployment/web deployment/api',
  );
});

test('a server that is there goes on with its password: another one is refused, its own is stored', async () => {
  const cluster = FakeCluster.complete();
  const own = cluster.value('postgres-application', 'password') ?? '';
  const refused = await set(cluster, GOOD, 'postgres-application', '--replace');
  expect(refused.code).toBe(2);
  expect(refused.world.errors()).toContain('postgres is there already, and does not accept this value');
  expect(refused.world.errors()).toContain('rotate postgres-application');

  cluster.secrets.delete('postgres-application');
  expect((await set(cluster, own, 'postgres-application')).code).toBe(0);
  expect(cluster.value('postgres-application', 'password')).toBe(own);
});

test('not in the middle of a rotation', async () => {
  const cluster = FakeCluster.complete();
  cluster.put('elasticsearch-application', { password: GOOD, 'previous-password': goodValue(7) });
  const { code, world } = await set(cluster, GOOD, 'elasticsearch-application', '--replace');
  expect(code).toBe(2);
  expect(world.errors()).toContain('is being rotated');
});

test.each([
  ['as a word of its own', ['django', 'Sesame-open-4711']],
  ['behind an equals sign', ['django=Sesame-open-4711']],
])('a value that is typed as an argument, %s, is not taken, and not repeated', async (_, words) => {
  const cluster = new FakeCluster();
  const { code, world } = await set(cluster, '', ...words);
  expect(code).toBe(2);
  expect(world.errors()).toContain('every process on this machine can read it, and the shell remembers it');
  expect(world.output() + world.errors()).not.toContain('Sesame');
  expect(world.calls).toEqual([]);
});
