import { secrets } from '../../../lib/components/secrets';
import { fakeWorld } from '../fake-world';
import { FakeCluster } from './fake-cluster';

const SECRETS = secrets.length;

test('makes every secret in an empty cluster, after the namespace and its limits', async () => {
  const cluster = new FakeCluster();
  Object.assign(cluster, { namespace: false, founded: false });
  const world = fakeWorld(cluster.answer);
  expect(await world.coped('secrets', 'production', 'init')).toBe(0);
  expect(cluster.secrets.size).toBe(SECRETS);
  const applied = world.calls.find(({ line }) => line.startsWith('apply'));
  const kinds = JSON.parse(String(applied?.options.input)).items.map(({ kind }: { kind: string }) => kind);
  expect(kinds).toEqual(['Namespace', 'ResourceQuota', 'LimitRange']);
  const values = [...cluster.secrets.keys()].map((name) =>
    cluster.value(name, name === 'django' ? 'secret-key' : 'password'),
  );
  for (const value of values) expect(value).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(values).size).toBe(SECRETS);
  expect(cluster.secrets.get('django')?.metadata.labels).toEqual({
    'app.kubernetes.io/part-of': 'coped',
    'app.kubernetes.io/managed-by': 'coped-secrets',
  });
});

test('overwrites nothing, adds what is missing to a Secret that is there, and says what it did', async () => {
  const cluster = FakeCluster.complete();
  cluster.put('django', { other: 'kept' });
  cluster.secrets.delete('postgres-backup');
  const before = structuredClone(cluster.secrets);
  const world = fakeWorld(cluster.answer);
  expect(await world.coped('secrets', 'production', 'init')).toBe(0);
  expect(cluster.value('django', 'other')).toBe('kept');
  expect(cluster.value('django', 'secret-key')).toHaveLength(64);
  expect(world.output()).toContain('made  django/secret-key');
  expect(world.output()).toContain('made  postgres-backup/password');
  expect(world.output().match(/kept/g)).toHaveLength(SECRETS - 2);
  for (const [name, object] of before) {
    if (name !== 'django') expect(cluster.secrets.get(name)).toEqual(object);
  }
  expect(world.errors()).toContain('tell it with `npx coped secrets … rotate postgres-backup`');
});

test('no value is an argument or printed', async () => {
  const cluster = new FakeCluster();
  const world = fakeWorld(cluster.answer);
  await world.coped('secrets', 'production', 'init');
  const shown = [world.output(), world.errors(), ...world.calls.map(({ args }) => args.join(' '))].join('\n');
  for (const { data } of cluster.secrets.values()) {
    for (const base64 of Object.values<string>(data)) {
      expect(shown).not.toContain(base64);
      expect(shown).not.toContain(Buffer.from(base64, 'base64').toString());
    }
  }
});

test('drops what `kubectl apply` noted of a value', async () => {
  const cluster = FakeCluster.complete();
  const noted = { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"x":"c2VjcmV0"}}' };
  cluster.put('django', {}, noted);
  await fakeWorld(cluster.answer).coped('secrets', 'production', 'init');
  expect(cluster.secrets.get('django')?.metadata.annotations).toEqual({});
});

test('what the server says no to is said without the value', async () => {
  const cluster = new FakeCluster();
  const world = fakeWorld((call) =>
    call.line.startsWith('create')
      ? { code: 1, stderr: `Error from server (Forbidden): no ${call.options.input}` }
      : cluster.answer(call),
  );
  expect(await world.coped('secrets', 'production', 'init')).toBe(1);
  expect(world.errors()).toMatch(/Secret\/[a-z-]+ could not be written: Error from server \(Forbidden\)/);
  expect(world.errors()).not.toMatch(/[A-Za-z0-9+/]{80}/);
});

test.each(['init', 'check', 'set', 'rotate', 'import'])('a laptop has nothing to %s', async (action) => {
  const world = fakeWorld();
  expect(await world.coped('secrets', 'development', action, 'x')).toBe(2);
  expect(world.errors()).toContain('development has fake secrets, which stand in dist/development');
  expect(world.calls).toEqual([]);
});

test.each([
  [['set'], 'set needs a KEY'],
  [['rotate'], 'rotate needs a COMPONENT'],
  [['import'], 'import needs a FILE'],
  [['init', 'x'], 'init takes no "x"'],
  [['init', '--json'], 'init has no such option'],
  [['rotate', 'postgres', '--forget-previous'], '--forget-previous is about django only'],
  [['rotate', 'postgres-nobody'], '"postgres-nobody" is not a secret of COPED'],
  [['set', 'ingress-tls/tls.crt'], 'a certificate and its key are replaced together'],
  [['guess'], 'Allowed choices are init'],
])('refuses %j', async (words, message) => {
  const world = fakeWorld(new FakeCluster().answer);
  expect(await world.coped('secrets', 'production', ...words)).toBe(2);
  expect(world.errors()).toContain(message);
  expect(world.calls.filter(({ line }) => /^(create|replace|apply|exec)/.test(line))).toEqual([]);
});
