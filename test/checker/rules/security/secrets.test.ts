import { secrets } from '../../../../checker/rules/security/secrets';
import { SecretValue } from '../../../../checker/secrets/secret-value';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** What is found in a file of a ConfigMap: `a token`. */
function found(text: string, ...known: string[]): string[] {
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { 'file.txt': text } };
  const knownSecrets = known.map((value) => new SecretValue(value));
  const findings = secrets.find({ environment: 'test', manifests: [map], knownSecrets });
  expect(JSON.stringify(findings)).not.toContain('hunter2');
  return findings.map(({ where, wrong }) => {
    expect(where).toBe('ConfigMap/x data[file.txt]');
    return wrong.replace('contains what looks like ', '');
  });
}

// Put together here, so that no scanner takes them for real ones.
test.each([
  ['-----BEGIN RSA PRIVATE KEY-----\nMII\n', 'a private key'],
  ['-----BEGIN OPENSSH PRIVATE KEY-----\n', 'a private key'],
  [`id = AKIA${'ABCDEFGH'.repeat(2)}`, 'a token'],
  [`ghp_${'a1B2'.repeat(9)}`, 'a token'],
  [`glpat-${'a1B2'.repeat(5)}`, 'a token'],
  [`xoxb-${'1'.repeat(12)}-${'a'.repeat(12)}`, 'a token'],
  [`AIza${'a1B2_'.repeat(7)}`, 'a token'],
  [`eyJ${'hbGci'.repeat(3)}.eyJ${'zdWIi'.repeat(3)}.c2lnbmF0dXJl`, 'a token'],
  [`Authorization: Bearer ${'0123456789'.repeat(3)}`, 'a token'],
  [`Authorization: Basic ${base64('coped:hunter2')}`, 'a user name with a password'],
  [`{"auths":{"r":{"auth":"${base64('coped:hunter2')}"}}}`, 'a user name with a password'],
])('finds %j', (text, what) => {
  expect(found(text)).toEqual([what]);
});

test.each([
  ['a certificate', `-----BEGIN CERTIFICATE-----\n${base64('\x30\x82\x01\xff'.repeat(40))}\n`],
  ['a picture', base64('\x89PNG\r\n\x1a\n'.repeat(30))],
])('accepts %s', (_, text) => {
  expect(found(text)).toEqual([]);
});

const URL = 'https://coped:hunter2@example.org';
const KEY = '-----BEGIN RSA PRIVATE KEY-----\nMIIEow==\n-----END RSA PRIVATE KEY-----\n';

test.each([
  ['Base64', base64(URL), 'a URL with a password'],
  ['Base64 of URLs', Buffer.from(`${URL}/???>>>`).toString('base64url'), 'a URL with a password'],
  ['Base64 in a path', `https://example.org/api/${base64(URL)}`, 'a URL with a password'],
  [
    'Base64 in lines',
    base64(`# ${'-'.repeat(50)}\n${URL}`).replace(/.{76}/g, '$&\n    '),
    'a URL with a password',
  ],
  ['Base64 of a key in lines', base64(KEY).replace(/.{64}/g, '$&\n'), 'a private key'],
  ['Base64 twice', base64(base64(URL)), 'a URL with a password'],
  ['Base64, URL-encoded', encodeURIComponent(base64(`${URL}??`)), 'a URL with a password'],
  ['URL encoding', encodeURIComponent(URL), 'a URL with a password'],
  ['URL encoding twice', encodeURIComponent(encodeURIComponent(URL)), 'a URL with a password'],
  ['hexadecimal digits', Buffer.from(URL).toString('hex'), 'a URL with a password'],
  ['JSON in JSON', JSON.stringify(JSON.stringify({ password: 'correct-horse' })), 'a password'],
  ['JSON in Base64', base64(JSON.stringify({ password: 'correct-horse' })), 'a password'],
])('finds a secret in %s', (_, text, what) => {
  expect(found(`one\ntwo ${text}\nthree\n`)).toEqual([what]);
});

describe('a value that is known from Git', () => {
  const value = 'fake-owner-of-tables';
  const what = "a fake secret's value";

  test.each([
    ['plain text', value],
    ['Base64', base64(value)],
    ['Base64 after one more byte', base64(`x${value}`)],
    ['Base64 after two more bytes', base64(`xy${value}!`)],
    ['Base64 after other text', `data-${base64(value)}`],
    ['Base64 twice', base64(base64(value))],
    ['URL encoding', value.replaceAll('-', '%2D')],
    ['hexadecimal digits', Buffer.from(value).toString('hex')],
    ['upper-case hexadecimal digits', Buffer.from(value).toString('hex').toUpperCase()],
  ])('is found in %s', (_, text) => {
    expect(found(`see ${text}`, 'fake-superuser', value)).toEqual([what]);
  });

  test('is not found in a longer or a shorter word', () => {
    const text = 'image: fake-smtp-server, fake-superman, case fake-* in';
    expect(found(text, 'fake-superuser', value)).toEqual([]);
  });

  test('is found beside the values of a Secret, and not among them', () => {
    const metadata = { name: 'x', annotations: { last: value } };
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata, data: { a: base64(value) } };
    const subject = { environment: 'test', manifests: [secret], fakeSecrets: true };
    expect(secrets.find({ ...subject, knownSecrets: [new SecretValue(value)] })).toMatchObject([
      { where: 'Secret/x metadata.annotations[last]', wrong: `contains what looks like ${what}` },
    ]);
  });

  test('is found in objects that were clean for other values', () => {
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { x: `see ${value}` } };
    const subject = { environment: 'test', manifests: [map] };
    const find = (known: string) => secrets.find({ ...subject, knownSecrets: [new SecretValue(known)] });
    expect(find('fake-other-value')).toEqual([]);
    expect(find(value)).toHaveLength(1);
  });
});
