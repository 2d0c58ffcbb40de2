import type { Json } from '../../../../checker/manifests/manifest';
import { filePaths } from '../../../../checker/rules/files/file-paths';
import { broken, found, MAIN, main, withMore } from '../../fixture';

const changed = (change: (container: Json, pod: Json) => void) =>
  found(
    filePaths,
    broken('Deployment/web', (web) => change(main(web), web.spec.template.spec)),
  );
const withVariable = (name: string, value: string) => changed(({ env }) => env.push({ name, value }));
const missing = (path: string, value = '/run/secrets/passwort') => [
  [`${MAIN}.${path}`, value, 'is not in the volume secrets, which is mounted at /run/secrets'],
];
const NOWHERE = 'is in no volume of the container';

test('finds a variable that names a file which the volume does not have', () => {
  expect(withVariable('X_FILE', '/run/secrets/password')).toEqual([]);
  expect(withVariable('X_FILE', '/run/secrets/passwort')).toEqual(missing('env[X_FILE]'));
  // Whatever it is called: the volume is known.
  expect(withVariable('OPTIONS', '-a --x=/run/secrets/passwort,/tmp')).toEqual(missing('env[OPTIONS]'));
});

test('says which files there are', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).env.push({ name: 'X_FILE', value: '/run/secrets/x' });
  });
  expect(filePaths.find(subject)[0]?.remedy).toBe('Use one of: /run/secrets/password');
});

test('finds a variable that comes from a ConfigMap', () => {
  const renamed = changed((_, pod) => {
    pod.volumes[0].projected.sources[0].secret.items[0].path = 'sql-password';
  });
  expect(renamed).toEqual(missing('env[SQL_PASSWORD_FILE]', '/run/secrets/password'));
});

test('finds a container that has the variable, but not the volume', () => {
  expect(
    changed((container) => {
      container.volumeMounts = [];
    }),
  ).toEqual([[`${MAIN}.env[SQL_PASSWORD_FILE]`, '/run/secrets/password', NOWHERE]]);
});

test.each<[name: string, value: string, wrong: boolean]>([
  ['POSTGRES_PASSWORD_FILE', '/etc/app/password', true],
  ['TLS_KEY_FILE', '/etc/app/tls.key', true],
  ['CA_FILE', '/var/run/secrets/app/ca.crt', true],
  // In the image, for all that anybody knows.
  ['SSL_CERT_FILE', '/etc/ssl/certs/ca-certificates.crt', false],
  ['LOG_FILE', '/var/log/app.log', false],
  ['PASSWORD_FILE', 'relative/password', false],
])('%s=%s without a volume', (name, value, wrong) => {
  const findings = changed((container) => {
    Object.assign(container, { envFrom: [], volumeMounts: [], env: [{ name, value }] });
  });
  expect(findings).toEqual(wrong ? [[`${MAIN}.env[${name}]`, value, NOWHERE]] : []);
});

test.each([
  '/run/secrets',
  '/run/secrets/',
  '/var/run/secrets/password',
  '/run/secrets/$NAME',
  '/run/secrets/pass*',
  '$(HOME)/run/secrets/x',
  '{{home}}/run/secrets/x',
  'https://example.org/run/secrets/x',
  'a/run/secrets/x',
])('accepts %s', (value) => {
  expect(withVariable('X', value)).toEqual([]);
});

test('knows the token of a service account where it is mounted', () => {
  const token = '/var/run/secrets/kubernetes.io/serviceaccount/token';
  const reading = (mounted: boolean) =>
    changed((container, pod) => {
      container.env.push({ name: 'TOKEN_FILE', value: token });
      container.volumeMounts = [];
      container.envFrom = [];
      pod.automountServiceAccountToken = mounted;
    });
  expect(reading(true)).toEqual([]);
  expect(reading(false)).toEqual([[`${MAIN}.env[TOKEN_FILE]`, token, NOWHERE]]);
});

test.each<[string, string[]]>([
  ['command[1]', ['cat', '/run/secrets/passwort']],
  ['command[0]', ['--password-file=/run/secrets/passwort']],
  ['command[2]', ['sh', '-c', 'set -eu\ncat "/run/secrets/passwort"\n']],
])('finds a file at %s', (path, command) => {
  expect(
    changed((container) => {
      container.command = command;
    }),
  ).toEqual(missing(path));
});

test.each<[string, Json, string[]]>([
  ['every key of a ConfigMap', { configMap: { name: 'web' } }, ['LOG_LEVEL', 'SQL_PASSWORD_FILE']],
  ['chosen keys', { configMap: { name: 'web', items: [{ key: 'LOG_LEVEL', path: 'a/b' }] } }, ['a/b', 'a']],
  ['every key of a Secret', { secret: { secretName: 'coped-tls' } }, ['tls.crt', 'tls.key']],
  [
    'every source of a projected volume',
    {
      projected: {
        sources: [
          { configMap: { name: 'web' } },
          { secret: { name: 'coped-tls', items: [{ key: 'tls.crt', path: 'cert' }] } },
          { downwardAPI: { items: [{ path: 'labels' }] } },
          { serviceAccountToken: { path: 'token' } },
          { clusterTrustBundle: { path: 'bundle' } },
        ],
      },
    },
    ['LOG_LEVEL', 'cert', 'labels', 'token', 'bundle'],
  ],
])('knows %s', (_, volume, files) => {
  const asking = (file: string) =>
    changed((container, pod) => {
      pod.volumes.push({ name: 'v', ...volume });
      container.volumeMounts.push({ name: 'v', mountPath: '/v' });
      container.env.push({ name: 'X', value: `/v/${file}` });
    });
  for (const file of files) expect(asking(file)).toEqual([]);
  expect(asking('other')).toHaveLength(1);
});

test('the part that is mounted is the file', () => {
  const asking = (path: string) =>
    changed((container, pod) => {
      pod.volumes.push({ name: 'v', configMap: { name: 'web', items: [{ key: 'LOG_LEVEL', path: 'a/b' }] } });
      container.volumeMounts.push({ name: 'v', mountPath: '/v', subPath: 'a' });
      container.env.push({ name: 'X', value: path });
    });
  expect(asking('/v/b')).toEqual([]);
  expect(asking('/v/a/b')).toHaveLength(1);
});

test.each([
  ['a volume inside it', { name: 'inner', mountPath: '/run/secrets/passwort' }],
  ['a folder on the way to a volume', { name: 'inner', mountPath: '/run/secrets/passwort/more' }],
])('accepts %s', (_, mount) => {
  expect(
    changed((container) => {
      container.volumeMounts.push(mount);
      container.env.push({ name: 'X', value: '/run/secrets/passwort' });
    }),
  ).toEqual([]);
});

const readBy = (readers: string[], volume: Json, text: string) => {
  const subject = withMore(['v1', 'ConfigMap', 'scripts', { data: { 'run.sh': text } }]);
  for (const { metadata, spec } of subject.manifests) {
    if (!spec?.template || !readers.includes(metadata.name)) continue;
    const pod = spec.template.spec;
    pod.volumes = [...(pod.volumes ?? []), { name: 'v', ...volume }];
    pod.containers[0].volumeMounts.push({ name: 'v', mountPath: '/v' });
  }
  return found(filePaths, subject).map(([where, value]) => [where, value]);
};
const script = (text: string, ...readers: string[]) =>
  readBy(readers, { configMap: { name: 'scripts' } }, text);
const IN_SCRIPT = 'ConfigMap/scripts data[run.sh]';

test('reads the files of ConfigMaps with the volumes of the containers that mount them', () => {
  expect(script('cat /run/secrets/password /v/run.sh', 'web')).toEqual([]);
  expect(script('cat /run/secrets/passwort', 'web')).toEqual([[IN_SCRIPT, '/run/secrets/passwort']]);
  expect(script('sh /v/other.sh', 'web')).toEqual([[IN_SCRIPT, '/v/other.sh']]);
  expect(script('# cat /run/secrets/passwort', 'web')).toEqual([]);
  expect(script('cat /run/secrets/passwort')).toEqual([]);
});

test('one container that finds the file is enough', () => {
  expect(script('cat /run/secrets/password', 'web', 'postgres')).toEqual([]);
  expect(script('cat /run/secrets/password', 'postgres')).toEqual([[IN_SCRIPT, '/run/secrets/password']]);
});

test('knows which files of a ConfigMap a container mounts', () => {
  const reading = (items: Json) => {
    const configMap = { name: 'scripts', items };
    const wrong = 'cat /run/secrets/passwort';
    return [{ configMap }, { projected: { sources: [{ configMap }] } }].map(
      (volume) => readBy(['web'], volume, wrong).length,
    );
  };
  expect(reading([{ key: 'run.sh', path: 'run.sh' }])).toEqual([1, 1]);
  expect(reading([{ key: 'other.sh', path: 'other.sh' }])).toEqual([0, 0]);
  expect(reading(undefined)).toEqual([1, 1]);
});
