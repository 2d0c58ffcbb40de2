import { secrets } from '../../../../checker/rules/security/secrets';
import { broken, found, MAIN, main, withMore } from '../../fixture';

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
  ['PGPASSWORD', 'x'],
  ['MYSQL_PWD', 'x'],
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
  ['PWD', '/srv'],
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
  ['DATABASE_URL', 'postgres://coped:hunter2@postgres/coped', 'a URL with a password'],
  ['settings.py', "DEBUG = False\nSECRET_KEY = 'k3j4h5kj3h45'\n", 'a password'],
  ['settings.yml', 'smtp:\n  password: "correct-horse"\n', 'a password'],
  ['settings.yaml', 'smtp:\n  password: correct-horse\n', 'a password'],
  ['settings.json', '{"password":"correct-horse"}', 'a password'],
  ['smtp.env', 'SMTP_PASSWORD=correct-horse\n', 'a password'],
  ['DSN', 'host=postgres user=coped password=correct-horse sslmode=require', 'a password'],
  ['HOOK', 'https://example.org/hook?token=correct-horse&x=1', 'a password'],
  ['roles.sql', "CREATE ROLE coped LOGIN PASSWORD 'hunter2';", 'a password'],
  ['server.pem', '-----BEGIN RSA PRIVATE KEY-----\nMII\n', 'a private key'],
  ['id_ed25519.pem', '-----BEGIN OPENSSH PRIVATE KEY-----\n', 'a private key'],
  // Put together here, so that nobody's scanner takes them for real ones.
  ['aws.ini', `id = AKIA${'ABCDEFGH'.repeat(2)}`, 'a token'],
  ['hub.txt', `ghp_${'a1B2'.repeat(9)}`, 'a token'],
  ['lab.txt', `glpat-${'a1B2'.repeat(5)}`, 'a token'],
  ['slack.txt', `xoxb-${'1'.repeat(12)}-${'a'.repeat(12)}`, 'a token'],
  ['maps.txt', `AIza${'a1B2_'.repeat(7)}`, 'a token'],
  ['jwt.txt', `eyJ${'hbGci'.repeat(3)}.eyJ${'zdWIi'.repeat(3)}.c2lnbmF0dXJl`, 'a token'],
  ['curl.txt', `Authorization: Bearer ${'0123456789'.repeat(3)}`, 'a token'],
  ['header.txt', `Authorization: Basic ${encode('coped:hunter2')}`, 'a user name with a password'],
  ['docker.json', `{"auths":{"r":{"auth":"${encode('coped:hunter2')}"}}}`, 'a user name with a password'],
])('finds the secret in %s', (key, text, what) => {
  expect(found(secrets, config(key, text))).toEqual([
    [`ConfigMap/web data[${key}]`, undefined, `contains what looks like ${what}`],
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
  ['options.sh', 'serve --password-file=/run/secrets/password --token=$TOKEN --api-key="$(cat key)"\n'],
  ['README.md', 'Basic authentication, Bearer tokens, password: see the manual'],
  ['server.crt', `-----BEGIN CERTIFICATE-----\n${encode('\x30\x82\x01\xff'.repeat(40))}\n`],
  ['IMAGE', `registry.example.org/coped/django@sha256:${'0123456789abcdef'.repeat(4)}`],
  ['LOGO', encode('\x89PNG\r\n\x1a\n'.repeat(30))],
])('does not cry wolf over %s', (key, text) => {
  expect(found(secrets, config(key, text))).toEqual([]);
});

test('never repeats a value that it has found', () => {
  const [finding] = secrets.find(config('SQL_PASSWORD', 'hunter2'));
  expect(JSON.stringify(finding)).not.toContain('hunter2');
});

test('fake values, too, stand in Secrets and nowhere else', () => {
  const subject = config('settings.py', "SECRET_KEY = 'fake-secret-key'");
  expect(found(secrets, { ...subject, fakeSecrets: true })).toHaveLength(1);
});
