import type { Json } from '../../../../checker/manifests/manifest';
import { secrets } from '../../../../checker/rules/security/secrets';
import { SecretValue } from '../../../../checker/secrets/secret-value';
import { broken, found, MAIN, main, withMore } from '../../fixture';

const base64 = (text: string) => Buffer.from(text).toString('base64');

const URL = 'https://coped:hunter2@example.org';
const POD = 'Deployment/web spec.template';

// Not only variables and ConfigMaps: every text of every object is looked into.
test.each<[string, (web: Json) => void]>([
  [
    'Deployment/web metadata.annotations[example.org/hook]',
    (web) => (web.metadata.annotations = { 'example.org/hook': URL }),
  ],
  [`${POD}.metadata.annotations[hook]`, (web) => (web.spec.template.metadata.annotations = { hook: URL })],
  [`${MAIN}.args[1]`, (web) => (main(web).args = ['--hook', URL])],
  [`${MAIN}.command[2]`, (web) => (main(web).command = ['sh', '-c', `curl ${URL}`])],
  [
    `${MAIN}.livenessProbe.httpGet.httpHeaders[X-Hook].value`,
    (web) => (main(web).livenessProbe = { httpGet: { httpHeaders: [{ name: 'X-Hook', value: URL }] } }),
  ],
  [
    `${MAIN}.lifecycle.preStop.exec.command[0]`,
    (web) => (main(web).lifecycle = { preStop: { exec: { command: [URL] } } }),
  ],
])('finds a secret at %s', (where, change) => {
  expect(found(secrets, broken('Deployment/web', change))).toEqual([
    [where, undefined, 'contains what looks like a URL with a password'],
  ]);
});

test('finds a secret in an object of any kind, and in the key of a map', () => {
  const subject = withMore(
    ['example.org/v1', 'Hook', 'x', { spec: { targets: [{ name: 'chat', url: URL }] } }],
    ['v1', 'ConfigMap', 'y', { metadata: { name: 'y', annotations: { [URL]: 'x' } } }],
  );
  expect(found(secrets, subject)).toEqual([
    ['Hook/x spec.targets[chat].url', undefined, 'contains what looks like a URL with a password'],
    [`ConfigMap/y metadata.annotations[${URL}]`, undefined, 'contains what looks like a URL with a password'],
  ]);
});

test.each<[string, (web: Json) => void]>([
  [`${MAIN}.args[1]`, (web) => (main(web).args = ['--password', 'hunter2'])],
  [
    `${MAIN}.livenessProbe.httpGet.httpHeaders[Authorization].value`,
    (web) =>
      (main(web).livenessProbe = { httpGet: { httpHeaders: [{ name: 'Authorization', value: 'hunter2' }] } }),
  ],
  [
    'Deployment/web metadata.annotations[example.org/api-key]',
    (web) => (web.metadata.annotations = { 'example.org/api-key': 'x' }),
  ],
])('takes what is called a secret for one at %s', (where, change) => {
  expect(found(secrets, broken('Deployment/web', change))).toEqual([
    [where, undefined, 'is called a secret and has a literal value'],
  ]);
});

test('takes the names and keys of Secrets for no secrets', () => {
  const subject = broken('Deployment/web', (web) => {
    web.metadata.annotations = { 'example.org/auth-secret': 'basic-auth' };
    main(web).args = ['--key', 'tls.key', '--token-file', '/run/token'];
    main(web).env = [{ name: 'X', valueFrom: { secretKeyRef: { name: 'token', key: 'password' } } }];
  });
  expect(found(secrets, subject)).toEqual([]);
});

describe('a secret that is written in other words', () => {
  const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIEow==\n-----END RSA PRIVATE KEY-----\n';
  test.each([
    ['Base64', base64(URL)],
    ['Base64 of URLs', Buffer.from(`${URL}/???>>>`).toString('base64url')],
    ['Base64 in a path', `https://example.org/api/${base64(URL)}`],
    ['Base64 in lines', base64(`# ${'-'.repeat(50)}\n${URL}`).replace(/.{76}/g, '$&\n    ')],
    ['Base64 of a key in lines', base64(key).replace(/.{64}/g, '$&\n')],
    ['Base64 twice', base64(base64(URL))],
    ['Base64, URL-encoded', encodeURIComponent(base64(`${URL}??`))],
    ['URL-encoded', encodeURIComponent(URL)],
    ['URL-encoded twice', encodeURIComponent(encodeURIComponent(URL))],
    ['hexadecimal', Buffer.from(URL).toString('hex')],
    ['JSON in JSON', JSON.stringify(JSON.stringify({ password: 'correct-horse' }))],
    ['JSON in Base64', base64(JSON.stringify({ password: 'correct-horse' }))],
  ])('is found: %s', (_, text) => {
    expect(
      found(
        secrets,
        broken('ConfigMap/web', (map) => {
          map.data = { 'file.txt': `one\ntwo ${text}\nthree\n` };
        }),
      ),
    ).toEqual([
      ['ConfigMap/web data[file.txt]', undefined, expect.stringContaining('contains what looks like')],
    ]);
  });
});

describe('a value that stands in Git', () => {
  const value = 'fake-owner-of-tables';
  const knownSecrets = [new SecretValue('fake-superuser'), new SecretValue(value)];
  const withText = (text: string) => ({
    ...broken('ConfigMap/web', (map) => {
      map.data = { 'file.txt': text };
    }),
    knownSecrets,
  });

  test.each([
    ['plain', value],
    ['Base64', base64(value)],
    ['Base64 after one more byte', base64(`x${value}`)],
    ['Base64 after two more bytes', base64(`xy${value}!`)],
    ['Base64 glued to something', `data-${base64(value)}`],
    ['Base64 twice', base64(base64(value))],
    ['URL-encoded', value.replaceAll('-', '%2D')],
    ['hexadecimal', Buffer.from(value).toString('hex')],
    ['HEXADECIMAL', Buffer.from(value).toString('hex').toUpperCase()],
  ])('is found anywhere: %s', (_, text) => {
    expect(found(secrets, withText(`see ${text}`))).toEqual([
      ['ConfigMap/web data[file.txt]', undefined, "contains what looks like a fake secret's value"],
    ]);
  });

  test('is found in what surrounds a Secret, and may be its value where values may be', () => {
    const more = withMore([
      'v1',
      'Secret',
      'x',
      { metadata: { name: 'x', annotations: { last: value } }, data: { a: base64(value) } },
    ]);
    expect(found(secrets, { ...more, fakeSecrets: true, knownSecrets })).toEqual([
      ['Secret/x metadata.annotations[last]', undefined, "contains what looks like a fake secret's value"],
    ]);
  });

  test('something else that begins like it is fine', () => {
    expect(found(secrets, withText('image: fake-smtp-server, fake-superman, case fake-* in'))).toEqual([]);
  });
});

test('texts that were clean once are read again for other values', () => {
  const subject = broken('ConfigMap/web', (map) => {
    map.data = { 'file.txt': 'see fake-one-value' };
  });
  expect(found(secrets, { ...subject, knownSecrets: [new SecretValue('fake-other-value')] })).toEqual([]);
  expect(found(secrets, { ...subject, knownSecrets: [new SecretValue('fake-one-value')] })).toHaveLength(1);
});
