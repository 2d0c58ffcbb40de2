import { secrets } from '../../lib/checks/secrets';
import { broken, found, MAIN, main, withMore } from './fixture';

const encode = (text: string) => Buffer.from(text).toString('base64');

test('refuses values of Secrets where real ones are used, fake or not', () => {
  const subject = withMore([
    'v1',
    'Secret',
    'x',
    { data: { a: encode('fake-value') }, stringData: { b: 'x' } },
  ]);
  expect(found(secrets, subject)).toEqual([
    ['Secret/x data[a]', undefined, 'holds a value, which would be committed'],
    ['Secret/x stringData[b]', undefined, 'holds a value, which would be committed'],
  ]);
});

test('takes fake values only, where fake values are allowed', () => {
  const data = { a: encode('fake-value'), b: encode('correct horse') };
  const subject = withMore(['v1', 'Secret', 'x', { data, stringData: { c: 'x' } }]);
  expect(found(secrets, { ...subject, fakeSecrets: true })).toEqual([
    ['Secret/x data[b]', undefined, 'is not obviously fake'],
    ['Secret/x stringData[c]', undefined, 'is not obviously fake'],
  ]);
});

test.each([
  ['SQL_PASSWORD', 'x'],
  ['DJANGO_SECRET_KEY', 'x'],
  ['API_TOKEN', 'x'],
  ['PASS', 'fake-x'],
])('refuses a variable with a secret name and a literal value: %s', (name, value) => {
  const subject = broken('Deployment/web', (web) => {
    main(web).env = [{ name, value }];
  });
  expect(found(secrets, subject)).toEqual([
    [`${MAIN}.env[${name}].value`, undefined, 'is called a secret and has a literal value'],
  ]);
});

test.each([
  ['SQL_PASSWORD_FILE', '/run/secrets/password'],
  ['SQL_USER', 'coped'],
  ['PASSWORD_RESET_TIMEOUT', '3600'],
  ['SSL_KEY', '/run/tls/tls.key'],
  ['REQUIRE_TOKEN', 'true'],
  ['PGPASS', '$(SQL_PASSWORD)'],
  ['MONKEY', 'x'],
])('accepts %s=%s', (name, value) => {
  const subject = broken('Deployment/web', (web) => {
    main(web).env = [{ name, value }];
  });
  expect(found(secrets, subject)).toEqual([]);
});

test('accepts a variable that refers to a Secret', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).env = [{ name: 'SQL_PASSWORD', valueFrom: { secretKeyRef: { name: 'x', key: 'k' } } }];
  });
  expect(found(secrets, subject)).toEqual([]);
});

const config = (key: string, text: string) =>
  broken('ConfigMap/web', (map) => {
    map.data = { [key]: text };
  });

test('refuses a secret name in a ConfigMap', () => {
  expect(found(secrets, config('SQL_PASSWORD', 'x'))).toEqual([
    ['ConfigMap/web data[SQL_PASSWORD]', undefined, 'is called a secret and has a literal value'],
  ]);
});

test.each([
  ['DATABASE_URL', 'postgres://coped:hunter2@postgres/coped'],
  ['settings.py', "DEBUG = False\nSECRET_KEY = 'k3j4h5kj3h45'\n"],
  ['settings.yml', 'smtp:\n  password: "correct-horse"\n'],
  ['settings.json', '{"password":"correct-horse"}'],
  ['roles.sql', "CREATE ROLE coped LOGIN PASSWORD 'hunter2';"],
  ['server.pem', '-----BEGIN RSA PRIVATE KEY-----\nMII\n'],
  ['aws.ini', 'id = AKIAABCDEFGHIJKLMNOP'],
])('finds the secret in %s', (key, text) => {
  expect(found(secrets, config(key, text))).toEqual([
    [`ConfigMap/web data[${key}]`, undefined, 'looks as if it contained a secret'],
  ]);
});

test.each([
  ['DATABASE_URL', 'postgres://coped:$(SQL_PASSWORD)@postgres/coped'],
  ['PROXY', 'http://gateway.example.org:3128/path@x'],
  [
    'roles.sql',
    "\\set owner `cat /run/secrets/owner`\nALTER ROLE coped WITH LOGIN PASSWORD :'owner_password';",
  ],
  ['settings.py', "SECRET_KEY = read('/run/secrets/key')\npassword = os.environ['SQL_PASSWORD']\n"],
  ['start.sh', 'export PGPASSWORD="$(cat /run/secrets/password)"\n'],
  ['elasticsearch.yml', 'xpack.security.http.ssl.key: certs/tls.key\nxpack.security.enabled: true\n'],
  ['create-password.sh', 'head -c 32 /dev/urandom | base64\n'],
])('does not cry wolf over %s', (key, text) => {
  expect(found(secrets, config(key, text))).toEqual([]);
});

test('never repeats a value that it has found', () => {
  const [finding] = secrets.find(config('SQL_PASSWORD', 'hunter2'));
  expect(JSON.stringify(finding)).not.toContain('hunter2');
});

test('lets fake values through where they are allowed', () => {
  const subject = config('settings.py', "SECRET_KEY = 'fake-secret-key'");
  expect(found(secrets, subject)).toHaveLength(1);
  expect(found(secrets, { ...subject, fakeSecrets: true })).toEqual([]);
});
