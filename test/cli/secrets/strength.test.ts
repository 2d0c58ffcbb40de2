import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SecretValue } from '../../../checker/secrets/secret-value';
import { keyNamed, keysOf } from '../../../cli/secrets/keys';
import { weaknesses } from '../../../cli/secrets/strength';
import { fakeValue, secrets } from '../../../lib/components/secrets';
import type { Environment } from '../../../lib/environments/environment';
import { production } from '../../../lib/environments/production';
import { parseEnvironments } from '../../../rules/environments';

const [environment] = parseEnvironments([{ ...production, redis: {} }]) as [Environment];
const keys = keysOf(environment);
const base64 = (text: string) => Buffer.from(text).toString('base64');

const FAKE = ['is a fake one: it is public in Git'];
const COMMON = ['is made of words that are tried first'];

/** What `openssl rand -hex 32` makes. */
const GOOD = '5f0c1e7ab94d2836f1e0c7d9a8b34652e97f10ac3bd84e6f92a7c5d80b1e3f46';

const wrong = (text: string, name = 'postgres-owner') =>
  weaknesses(keyNamed(name, environment), new SecretValue(text), 'hosted');

test.each(keys)('a value as the documentation makes it is good enough for $path', ({ path }) => {
  expect(wrong(GOOD, path)).toEqual([]);
  if (path !== 'redis/password') expect(wrong(base64(GOOD), path)).toEqual([]);
});

test.each([
  'k8Jw3nQ0xZrT5uVb',
  'correct-horse-battery-staple',
  'ZHVtbXkgdGV4dCBpbiBCYXNlNjQ=',
  '73918264509182736455',
  'ключ-от-базы-данных',
])('so is %s', (text) => expect(wrong(text)).toEqual([]));

test.each<[string, string, unknown]>([
  ['nothing', '', ['is empty']],
  ['blanks', '   ', expect.arrayContaining(['is empty'])],
  ['a short value', 'k8Jw3nQ0xZrT5uV', ['is shorter than 16 characters']],
  ['a line break at the end', `${GOOD}\n`, [expect.stringContaining('line break')]],
  ['a blank inside', `${GOOD} ${GOOD.slice(3)}`, [expect.stringContaining('blank')]],
  ['a mark', 'fake-but-long-enough-for-it', FAKE],
  ['a mark in Base64', base64('fake-but-long-enough-for-it'), FAKE],
  ['a mark, URL-encoded', 'fake%2Dbut%2Dlong%2Denough', FAKE],
  ['words', 'Change-Me-Password-1', COMMON],
  ['one character', 'x'.repeat(64), ['repeats itself']],
  ['a pattern', 'k8Jw3k8Jw3k8Jw3k8Jw3', ['repeats itself']],
])('%s is refused', (_, text, reasons) => {
  expect(wrong(text)).toEqual(reasons);
});

test.each(['/', '#', '@', ' ', '"', '$', 'ä', '\\n'])("a password of Redis has no '%s' in it", (letter) => {
  expect(wrong(`${GOOD}${letter}`, 'redis').join()).toContain('has other characters than A-Za-z0-9_-');
  expect(wrong(`${GOOD}_-XYZ`, 'redis')).toEqual([]);
});

test("Django's key needs 50 characters, and must not be its own placeholder", () => {
  expect(wrong(GOOD.slice(0, 49), 'django')).toEqual(['is shorter than 50 characters']);
  expect(wrong(`django-insecure-${GOOD}`, 'django')).toEqual(COMMON);
});

const published = secrets.map(fakeValue);

test.each(
  published.flatMap((value) => [
    value,
    `  ${value}\n`,
    `prefix-${value}`,
    base64(value),
    base64(base64(value)),
    base64(`${value}\n`),
    Buffer.from(value).toString('hex'),
    value.replaceAll('-', '%2d'),
    encodeURIComponent(` ${value}`),
  ]),
)("a value of development is refused, however it is written: '%s'", (text) => {
  for (const { path } of keys) expect(wrong(text, path)).toEqual(expect.arrayContaining(FAKE));
});

test('on a laptop everything is accepted', () => {
  expect(weaknesses(keyNamed('postgres-owner', environment), new SecretValue(''), 'local')).toEqual([]);
});

test('no finding repeats the value', () => {
  const text = 'hunter2-password ';
  const found = weaknesses(keyNamed('django', environment), new SecretValue(text), 'hosted');
  expect(found.length).toBeGreaterThan(1);
  expect(JSON.stringify(found)).not.toContain('hunter2');
});

test('the pods require the same lengths', () => {
  const read = (path: string) => readFileSync(join(__dirname, '..', '..', '..', path), 'utf8');
  const script = read('lib/components/refuse-weak.sh');
  const settings = read('app/django/coped/settings.py');
  expect(script).toContain(`-lt ${keyNamed('postgres-owner', environment).minimum} `);
  expect(settings).toContain(`secret("SECRET_KEY", minimum=${keyNamed('django', environment).minimum})`);
  expect(settings).toContain(
    `secret("SQL_PASSWORD", minimum=${keyNamed('postgres-application', environment).minimum})`,
  );
});
