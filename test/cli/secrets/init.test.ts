import { isAside, keys, SecretsCluster, secrets } from './fake-cluster';

const init = (cluster: SecretsCluster) => secrets(cluster.answer, ['production', 'init']);

test('creates every secret in an empty cluster, after the namespace and its limits', async () => {
  const cluster = new SecretsCluster().remove('Namespace');
  const { code, shown } = await init(cluster);
  expect(code).toBe(0);
  expect(cluster.applied.flat().map(({ kind }) => kind)).toEqual([
    'Namespace',
    'ResourceQuota',
    'LimitRange',
  ]);
  const values = keys.map(({ secret, key }) => cluster.value(secret, key) ?? '');
  expect(new Set(values).size).toBe(keys.length);
  for (const value of values) {
    expect(value).toMatch(/^[0-9a-f]{64}$/);
    expect(shown).not.toContain(value);
    expect(shown).not.toContain(Buffer.from(value).toString('base64'));
  }
  expect(cluster.get('Secret', 'django').metadata.labels).toEqual({
    'app.kubernetes.io/part-of': 'coped',
    'app.kubernetes.io/managed-by': 'coped-secrets',
  });
});

test('overwrites nothing, adds what is missing to a Secret, and reports both', async () => {
  const cluster = SecretsCluster.complete();
  cluster.put('django', { other: 'kept' });
  cluster.remove('Secret', 'postgres-backup');
  const before = structuredClone(cluster.objects);
  const { code, output, errors } = await init(cluster);
  expect(code).toBe(0);
  expect(cluster.values.django).toEqual({ other: 'kept', 'secret-key': expect.stringMatching(/^.{64}$/) });
  expect(output.match(/^made .*/gm)).toEqual(['made  postgres-backup/password', 'made  django/secret-key']);
  expect(output.match(/^kept/gm)).toHaveLength(keys.length - 2);
  const untouched = before.filter(({ kind, metadata }) => kind !== 'Secret' || metadata.name !== 'django');
  expect(cluster.objects).toEqual(expect.arrayContaining(untouched));
  expect(errors).toContain('change it there with `npx coped secrets production rotate postgres-backup`');
});

test('removes the value that `kubectl apply` has left in an annotation', async () => {
  const cluster = SecretsCluster.complete();
  cluster.put(
    'django',
    {},
    { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"x":"c2VjcmV0"}}' },
  );
  await init(cluster);
  expect(cluster.get('Secret', 'django').metadata.annotations).toEqual({});
});

test('an error of the API server is shown without the value', async () => {
  const cluster = new SecretsCluster();
  cluster.when(/^create/, ({ options }) => ({
    code: 1,
    stderr: `Error from server (Forbidden): no ${options.input}`,
  }));
  const { code, errors } = await init(cluster);
  expect(code).toBe(1);
  expect(errors).toMatch(/Secret\/[a-z-]+ could not be written: Error from server \(Forbidden\)/);
  expect(errors).not.toMatch(/[A-Za-z0-9+/]{80}/);
});

const hosted = ['production'];
test.each([
  [['development', 'check'], 'its fake secrets are in dist/development'],
  [[...hosted, 'set'], 'set needs a KEY'],
  [[...hosted, 'rotate'], 'rotate needs a COMPONENT'],
  [[...hosted, 'init', 'x'], 'init takes no "x"'],
  [[...hosted, 'init', '--forget-previous'], 'init has no option --forget-previous'],
  [[...hosted, 'import', '.env', 'x'], 'too many arguments for import'],
  [[...hosted, 'rotate', 'postgres', '--forget-previous'], '--forget-previous is for django only'],
  [[...hosted, 'rotate', 'postgres-other'], '"postgres-other" is not a secret of production'],
  [[...hosted, 'set', 'ingress-tls/tls.crt'], 'a certificate and its key are replaced together'],
  [[...hosted, 'guess'], 'Allowed choices are init'],
])('refuses %j', async (words, message) => {
  const { code, errors, calls } = await secrets(new SecretsCluster().answer, words);
  expect(code).toBe(2);
  expect(errors).toContain(message);
  expect(calls.filter((call) => !isAside(call))).toEqual([]);
});
