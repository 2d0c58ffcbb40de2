import { production } from '../../../lib/environments/production';
import { goodValue, isAside, SecretsCluster, secrets } from './fake-cluster';

const GOOD = goodValue(99);
const set = (cluster: SecretsCluster, input: string, ...words: string[]) =>
  secrets(cluster.answer, ['production', 'set', ...words], input);

test.each([
  `${GOOD}\n`,
  `${GOOD}\r\n`,
  GOOD,
])('stores what is piped, without its last line break', async (input) => {
  const cluster = new SecretsCluster();
  const { code, output, errors, shown } = await set(cluster, input, 'postgres-owner/password');
  expect([code, output]).toEqual([0, 'made  postgres-owner/password\n']);
  expect(cluster.value('postgres-owner')).toBe(GOOD);
  expect(errors).toContain('Nothing has to restart');
  expect(shown).not.toContain(GOOD);
});

test.each([
  ['fake-but-long-enough-1234', 'is a fake one'],
  ['5f0c', 'is shorter than 16 characters'],
  [`${GOOD}\n\n`, 'has a blank or a line break in it'],
  ['', 'is empty'],
])('refuses the weak value %j, and does not repeat it', async (input, wrong) => {
  const cluster = new SecretsCluster();
  const { code, errors } = await set(cluster, input, 'postgres-owner');
  expect(code).toBe(2);
  expect(errors).toContain(`postgres-owner/password: the value ${wrong}`);
  if (input) expect(errors).not.toContain(input.trim());
  expect(cluster.secrets).toEqual([]);
});

test('replaces a value only with --replace, and says what has to restart', async () => {
  const cluster = SecretsCluster.complete();
  const before = cluster.values;
  const refused = await set(cluster, GOOD, 'django');
  expect(refused.code).toBe(2);
  expect(refused.errors).toContain('django/secret-key has a value already');
  expect(cluster.values).toEqual(before);

  const { code, errors } = await set(cluster, GOOD, 'django', '--replace');
  expect(code).toBe(0);
  expect(cluster.value('django', 'secret-key')).toBe(GOOD);
  expect(errors).toContain(
    'kubectl --context=coped-production --namespace=coped-production rollout restart deployment/web deployment/api',
  );
});

test('a running server keeps its password: another one is refused, its own is stored', async () => {
  const cluster = SecretsCluster.complete();
  const own = cluster.value('postgres-application') ?? '';
  const refused = await set(cluster, GOOD, 'postgres-application', '--replace');
  expect(refused.code).toBe(2);
  expect(refused.errors).toMatch(
    /postgres runs already and does not accept[\s\S]*rotate postgres-application/,
  );

  cluster.remove('Secret', 'postgres-application');
  expect((await set(cluster, own, 'postgres-application')).code).toBe(0);
  expect(cluster.value('postgres-application')).toBe(own);
});

test('not in the middle of a rotation', async () => {
  const cluster = SecretsCluster.complete();
  cluster.put('elasticsearch-application', { password: GOOD, 'previous-password': goodValue(7) });
  const { code, errors } = await set(cluster, GOOD, 'elasticsearch-application', '--replace');
  expect(code).toBe(2);
  expect(errors).toContain('is being rotated');
});

test.each([
  [['django', 'Sesame-open-4711']],
  [['django=Sesame-open-4711']],
])('a value that is an argument, %j, is not stored, and not repeated', async (words) => {
  const { code, output, errors, calls } = await set(new SecretsCluster(), '', ...words);
  expect(code).toBe(2);
  expect(errors).toContain('every process on this machine can read it, and the shell remembers it');
  expect(output + errors).not.toContain('Sesame');
  expect(calls.filter((call) => !isAside(call))).toEqual([]);
});

test('a password of Redis that its clients could not put into a URL is refused; another one is read at a start', async () => {
  const among = [{ ...production, redis: {} }];
  const cluster = new SecretsCluster();
  const setRedis = (input: string) => secrets(cluster.answer, ['production', 'set', 'redis'], input, among);
  const refused = await setRedis(`${GOOD}/x`);
  expect([refused.code, refused.shown.includes(`${GOOD}/x`)]).toEqual([2, false]);
  expect(refused.errors).toContain('redis/password: the value has other characters than A-Za-z0-9_-');
  const { code, errors } = await setRedis(GOOD);
  expect([code, cluster.value('redis')]).toEqual([0, GOOD]);
  expect(errors).toContain('rollout restart statefulset/redis deployment/web deployment/api');
  const init = await secrets(new SecretsCluster().answer, ['production', 'init'], '', among);
  expect(init.output).toContain('made  redis/password');
});

test("Metabase's login: `init` makes it, and what is set is read when Metabase starts", async () => {
  const among = [{ ...production, metabase: { connections: 5 } }];
  const cluster = new SecretsCluster();
  const init = await secrets(cluster.answer, ['production', 'init'], '', among);
  expect(init.output).toContain('made  postgres-metabase/password\n');
  const without = await secrets(new SecretsCluster().answer, ['production', 'init']);
  expect(without.output).not.toContain('metabase');
  const set = ['production', 'set', 'postgres-metabase', '--replace'];
  const { errors } = await secrets(cluster.answer, set, GOOD, among);
  expect(errors).toContain('metabase reads it when it starts:\n');
  expect(errors).toMatch(/rollout restart deployment\/metabase$/m);
});
