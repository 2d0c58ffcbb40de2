import { writeFileSync } from 'node:fs';
import { dotenv } from '../../../cli/secrets/dotenv';
import { production } from '../../../lib/environments/production';
import { temporaryFolder } from '../temporary';
import { goodValue, SecretsCluster, secrets } from './fake-cluster';

test.each([
  ['KEY=value', 'value'],
  ['export KEY=value', 'value'],
  ['  KEY = value  ', 'value'],
  ['KEY="a b#c" # why', 'a b#c'],
  ["KEY='a \\n $b'", 'a \\n $b'],
  ['KEY="a\\"b\\n"', 'a"b\n'],
  ['KEY=pass#word', 'pass#word'],
  ['KEY=value # why', 'value'],
  ['KEY=', ''],
  ['KEY=a=b==', 'a=b=='],
  ['\uFEFFKEY=value', 'value'],
  ['KEY=first\nKEY=second', 'second'],
  ['# A=b\r\n\r\nnonsense\r\nKEY=b\r\n', 'b', 3],
])('%j', (text, value, ...unread) => {
  expect(dotenv(text)).toEqual({ variables: new Map([['KEY', value]]), unread });
});

const folder = temporaryFolder();
const imported = (cluster: SecretsCluster, text: string) =>
  secrets(cluster.answer, ['production', 'import', '-'], text);

const FILE = `SECRET_KEY='${goodValue(1)}'
SQL_PASSWORD=${goodValue(2)}
export ELASTIC_PASSWORD="${goodValue(3)}"
POSTGRES_OWNER_PASSWORD=${goodValue(4)}
SQL_HOST=db # not a secret
COUCHDB_USER=couch
`;

test('imports the secrets of the Compose version by their names there', async () => {
  const cluster = new SecretsCluster();
  const { code, errors, shown } = await imported(cluster, FILE);
  expect(code).toBe(0);
  expect(cluster.values).toEqual({
    django: { 'secret-key': goodValue(1) },
    'postgres-application': { password: goodValue(2) },
    'elasticsearch-application': { password: goodValue(3) },
    'postgres-owner': { password: goodValue(4) },
  });
  expect(errors).toContain('Ignored: SQL_HOST is now a variable of the application, in its file\n');
  expect(errors).toContain('Ignored, not secrets of COPED: COUCHDB_USER\n');
  for (const i of [1, 2, 3, 4]) expect(shown).not.toContain(goodValue(i));
});

test('from a file too, and overwrites nothing', async () => {
  const cluster = SecretsCluster.complete();
  const before = cluster.values;
  const from = (name: string) => secrets(cluster.answer, ['production', 'import', folder(name)]);
  writeFileSync(folder('.env'), FILE);
  const { code, output } = await from('.env');
  expect(code).toBe(0);
  expect(output).toContain('kept  postgres-application/password');
  expect(cluster.values).toEqual(before);
  expect(await from('none')).toMatchObject({
    code: 2,
    errors: expect.stringContaining('cannot be read: ENOENT'),
  });
});

test('refuses weak ones by name, and a value that two have; imports the others', async () => {
  const cluster = new SecretsCluster();
  const text = `SECRET_KEY=change-me\nPOSTGRES_PASSWORD=${goodValue(2)}\nSQL_PASSWORD=${goodValue(2)}\n`;
  const { code, errors } = await imported(cluster, text);
  expect(code).toBe(1);
  expect(errors).toMatch(
    /refused {2}django\/secret-key: SECRET_KEY is shorter than 50 characters.*\nrefused {2}postgres-application\/password: SQL_PASSWORD is the same as POSTGRES_PASSWORD.*\n.*2 of 3 were not imported/,
  );
  expect(Object.keys(cluster.values)).toEqual(['postgres-superuser']);
  expect(errors).not.toContain('change-me');
});

test.each([
  ['the same value is stored once', 1, { django: { 'secret-key': goodValue(1) } }, 'made  django/secret-key'],
  [
    'neither of two values is chosen',
    2,
    {},
    'refused  django/secret-key: DJANGO_SECRET_KEY is another value',
  ],
])('two names of one Secret: %s', async (_, second, values, said) => {
  const cluster = new SecretsCluster();
  const text = `SECRET_KEY=${goodValue(1)}\nDJANGO_SECRET_KEY=${goodValue(second)}\n`;
  expect((await imported(cluster, text)).shown).toContain(said);
  expect(cluster.values).toEqual(values);
});

test('refuses a file without secrets', async () => {
  const { code, errors } = await imported(new SecretsCluster(), 'DEBUG=1\n');
  expect([code, errors]).toEqual([2, expect.stringContaining('- has no secret of COPED')]);
});

const LINES = '"-----BEGIN KEY-----\nMIIEvQIBADANBg\nq83vASNFZ4k=\n';
test.each([
  ['closed', `TLS_KEY=${LINES}-----END KEY-----"\nSECRET_KEY='${goodValue(1)}' # mine`],
  ['open to the end', `SECRET_KEY=${goodValue(1)}\nTLS_KEY=${LINES}`],
])('a value of several lines, %s, is one value, and no line of it is shown as a name', async (_, text) => {
  const cluster = new SecretsCluster();
  const { code, shown } = await imported(cluster, text);
  expect(code).toBe(0);
  expect(shown).not.toContain('q83vASNFZ4k');
  expect(cluster.value('django', 'secret-key')).toBe(goodValue(1));
});

test('takes the password of Redis where there is one, and none that a URL would break at', async () => {
  const among = [{ ...production, redis: {} }];
  const cluster = new SecretsCluster();
  const words = ['production', 'import', '-'];
  const bad = `${goodValue(5)}#@/`;
  const refused = await secrets(cluster.answer, words, `REDIS_PASSWORD=${bad}\n`, among);
  expect([refused.code, refused.shown.includes(bad), cluster.values]).toEqual([1, false, {}]);
  expect(refused.errors).toContain('redis/password: REDIS_PASSWORD has other characters than A-Za-z0-9_-');
  const { code } = await secrets(cluster.answer, words, `REDIS_PASSWORD=${goodValue(5)}\n`, among);
  expect([code, cluster.value('redis')]).toEqual([0, goodValue(5)]);
});
