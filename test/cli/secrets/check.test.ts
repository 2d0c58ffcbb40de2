import { secrets } from '../../../lib/components/secrets';
import { previous } from '../../../lib/kubernetes/secret-key';
import { fakeWorld } from '../fake-world';
import { FakeCluster, goodValue } from './fake-cluster';

async function checked(cluster: FakeCluster, ...options: string[]) {
  const world = fakeWorld(cluster.answer);
  const code = await world.coped('secrets', 'production', 'check', ...options);
  return { code, text: world.output(), errors: world.errors(), calls: world.calls };
}

test('all is fine', async () => {
  const { code, text, calls } = await checked(FakeCluster.complete());
  expect(code).toBe(0);
  expect(text.match(/✔/g)).toHaveLength(secrets.length);
  expect(calls.filter(({ line }) => !/^(get|config) /.test(line))).toEqual([]);
});

test.each([
  ['missing', (cluster: FakeCluster) => cluster.secrets.delete('postgres-owner'), 'is missing', 'init'],
  ['a key', (cluster: FakeCluster) => cluster.put('postgres-owner', {}), 'is missing', 'init'],
  [
    'short',
    (cluster: FakeCluster) => cluster.put('postgres-owner', { password: '5f0c1e7a' }),
    'is shorter than 16 characters',
    'rotate postgres-owner',
  ],
  [
    'fake',
    (cluster: FakeCluster) => cluster.put('postgres-owner', { password: 'fake-owner-password' }),
    'is a fake one',
    'rotate postgres-owner',
  ],
  [
    'a line break',
    (cluster: FakeCluster) => cluster.put('postgres-owner', { password: `${goodValue(1)}\n` }),
    'has a blank or a line break in it',
    'rotate postgres-owner',
  ],
  [
    'half-rotated',
    (cluster: FakeCluster) =>
      cluster.put('postgres-owner', { password: goodValue(1), 'previous-password': goodValue(2) }),
    'its rotation was interrupted',
    'rotate postgres-owner',
  ],
])('%s', async (_, spoil, reason, command) => {
  const cluster = FakeCluster.complete();
  spoil(cluster);
  const { code, text, errors } = await checked(cluster);
  expect(code).toBe(1);
  const line = text.split('\n').find((one) => one.startsWith('✘ postgres-owner/password'));
  expect(line).toContain(reason);
  expect(line).toContain(`npx coped secrets production ${command}`);
  expect(errors).toContain('production: 1 of its secrets is not fine');
});

test('tells of keys that nobody reads, without failing', async () => {
  const cluster = FakeCluster.complete();
  cluster.put('postgres-backup', { password: goodValue(1), passwort: 'x' });
  cluster.put('somebody-elses', { token: 'x' });
  const { code, text } = await checked(cluster);
  expect(code).toBe(0);
  expect(text).toMatch(/! postgres-backup\/passwort +nobody in production reads it/);
  expect(text).not.toContain('somebody-elses');
});

test('as JSON, and nowhere a value', async () => {
  const cluster = FakeCluster.complete();
  cluster.put('django', {
    'secret-key': 'too-short-but-secret',
    [previous({ secret: 'django', key: 'secret-key' }).key]: 'x',
  });
  const { code, text, errors } = await checked(cluster, '--json');
  expect(code).toBe(1);
  const { fine, secrets: findings } = JSON.parse(text);
  expect(fine).toBe(false);
  expect(findings).toContainEqual(expect.objectContaining({ about: 'django/secret-key', state: 'weak' }));
  expect(text + errors).not.toContain('too-short-but-secret');
  expect(text + errors).not.toContain(goodValue(1));
});
