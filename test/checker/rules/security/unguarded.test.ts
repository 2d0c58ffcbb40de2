import { unguarded } from '../../../../checker/rules/security/unguarded';
import { broken, found, MAIN, main } from '../../fixture';

const env = (name: string, value: string) =>
  found(
    unguarded,
    broken('Deployment/web', (web) => main(web).env.push({ name, value })),
  );

test.each([
  ['POSTGRES_HOST_AUTH_METHOD', 'trust'],
  ['POSTGRES_INITDB_ARGS', '--data-checksums --auth-host=trust'],
  ['POSTGRES_INITDB_ARGS', '-A trust'],
  ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
  ['PGSSLMODE', 'disable'],
])('finds %s=%s', (name, value) => {
  expect(env(name, value)).toEqual([[`${MAIN}.env[${name}]`, `${name}=${value}`, expect.any(String)]]);
});

test.each([
  ['POSTGRES_INITDB_ARGS', '--auth-host=scram-sha-256'],
  ['NODE_TLS_REJECT_UNAUTHORIZED', '1'],
  ['TRUST', 'trust'],
])('accepts %s=%s', (name, value) => expect(env(name, value)).toEqual([]));

test.each([
  ['xpack.security.enabled: false', 'lets anyone into Elasticsearch'],
  ['xpack.security.transport.ssl.verification_mode: none', 'believes whoever answers'],
  ['xpack.security.transport.ssl.client_authentication: none', 'lets every node into the cluster'],
])('finds in a file: %s', (line, wrong) => {
  const subject = broken('ConfigMap/web', ({ data }) => {
    data['server.yml'] = `# xpack.security.enabled: false\nname: x\n${line}\n`;
  });
  expect(found(unguarded, subject).map(([where, , wrong]) => [where, wrong])).toEqual([
    ['ConfigMap/web data[server.yml]', wrong],
  ]);
});

test('finds it in what a server is called with', () => {
  const subject = broken('StatefulSet/postgres', (postgres) => {
    main(postgres).args = ['-c', 'fsync=off', '-c', 'password_encryption=md5', '-c', 'shared_buffers=1GB'];
  });
  expect(found(unguarded, subject).map(([, value]) => value)).toEqual([
    'fsync=off',
    'password_encryption=md5',
  ]);
});
