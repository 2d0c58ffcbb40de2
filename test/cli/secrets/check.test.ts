import { goodValue, isAside, keys, SecretsCluster, secrets } from './fake-cluster';

const check = (cluster: SecretsCluster, ...options: string[]) =>
  secrets(cluster.answer, ['production', 'check', ...options]);

test('everything is fine, and is only read', async () => {
  const { code, output, calls } = await check(SecretsCluster.complete());
  expect(code).toBe(0);
  expect(output.match(/✔/g)).toHaveLength(keys.length);
  expect(calls.filter((call) => !isAside(call) && !/^get /.test(call.line))).toEqual([]);
});

/** A cluster where something is wrong with most secrets. */
function broken(): SecretsCluster {
  const cluster = SecretsCluster.complete();
  const previous = { 'previous-password': goodValue(2) };
  cluster.remove('Secret', 'postgres-owner');
  cluster.put('postgres-superuser', {});
  cluster.put('postgres-readonly', { password: '5f0c1e7a' });
  cluster.put('postgres-backup', { password: 'fake-backup-password', passwort: goodValue(3) });
  cluster.put('elasticsearch-superuser', { password: `${goodValue(1)}\n` });
  cluster.put('elasticsearch-application', { password: '5f0c1e7a', ...previous });
  cluster.put('postgres-application', { password: goodValue(1), ...previous });
  cluster.put('not-of-coped', { token: 'x' });
  return cluster;
}

test('each that is missing, weak or half rotated, with its remedy; entries that no pod reads', async () => {
  const { code, output, errors } = await check(broken());
  expect(code).toBe(1);
  expect(output + errors).toMatchSnapshot();
});

test('as JSON, and without any value', async () => {
  const cluster = broken();
  const { code, output, shown } = await check(cluster, '--json');
  expect(code).toBe(1);
  const { fine, secrets: findings } = JSON.parse(output);
  expect(fine).toBe(false);
  expect(findings).toContainEqual(
    expect.objectContaining({ about: 'postgres-backup/password', state: 'weak' }),
  );
  const values = Object.values(cluster.values).flatMap((one) => Object.values(one));
  for (const value of values.filter((one) => one.length > 1)) expect(shown).not.toContain(value.trim());
});

test.each([
  [{ 'coped.org/rotation': '2026-01-01' }, 1, '✘ django/secret-key'],
  [{}, 0, '! django/secret-key'],
])("Django's key that is being rotated %j, or has been", async (annotations, expected, line) => {
  const cluster = SecretsCluster.complete();
  const values = { 'secret-key': goodValue(1), 'previous-secret-key': goodValue(2) };
  cluster.put('django', values, annotations);
  const { code, output } = await check(cluster);
  expect([code, output.split('\n').filter((one) => one.includes('django'))]).toEqual([
    expected,
    [expect.stringContaining(line)],
  ]);
});
