import type { Json } from '../../../../checker/manifests/manifest';
import { programs } from '../../../../checker/rules/software/programs';
import { softwareNeeds } from '../../../../checker/rules/software/software-needs';
import { manifestsOf, named } from '../../../support';
import { found, good } from '../../fixture';

const production = manifestsOf(named('production'));

/** What the rule finds in production after a change to one object. */
function after(name: string, change: (object: Json) => void, fakeSecrets = false) {
  const manifests = structuredClone(production);
  change(manifests.find(({ kind, metadata }) => `${kind}/${metadata.name}` === name));
  return found(programs, { ...good(), software: softwareNeeds, fakeSecrets, manifests }).map(
    ([where, value, wrong]) => [
      where.replace(/^.*(containers|initContainers)\[|^.*Context\./g, ''),
      value,
      wrong,
    ],
  );
}
const container = ({ spec }: Json): Json => spec.template.spec.containers[0];
const WEB = 'Deployment/web';

test('finds nothing in what is written', () => {
  expect(after(WEB, () => {})).toEqual([]);
});

test('finds a container that does something else', () => {
  const wrong = 'is not what this container is for';
  const command = (words: string[]) =>
    after(WEB, (web) => {
      container(web).command = words;
    });
  expect(command(['sleep', 'infinity'])).toEqual([['web].command', undefined, wrong]]);
  expect(command(['gunicorn', 'coped.wsgi.web:application', '--bind=127.0.0.1:8000'])).toHaveLength(1);
  expect(command(['gunicorn', 'coped.wsgi.api:application', '--bind=0.0.0.0:8000'])).toHaveLength(1);
  const server = (set: Json) => after('StatefulSet/postgres', (o) => Object.assign(container(o), set));
  expect(server({ command: ['sleep', '1'] })).toEqual([['postgres].command', undefined, wrong]]);
});

test.each([
  ['DEBUG', '1'],
  ['DEBUG', 'True'],
  ['REQUIRE_REAL_SECRETS', '0'],
  ['DJANGO_ALLOWED_HOSTS', '*'],
  ['DJANGO_ALLOWED_HOSTS', '.example.org api'],
  ['DJANGO_ALLOWED_HOSTS', 'api *'],
  ['SQL_ENGINE', 'django.db.backends.sqlite3'],
  ['SQL_DATABASE', 'copde'],
  ['ELASTIC_USER', 'elastic'],
])('finds %s=%s in every container that is told so', (name, value) => {
  const findings = after('ConfigMap/django', ({ data }) => {
    data[name] = value;
  });
  expect(findings).toHaveLength(5);
  expect(findings).toContainEqual([`web].env[${name}]`, value, 'is not what it must be here']);
});

test('lets a laptop show its settings', () => {
  const debug = ({ data }: Json) => {
    data.DEBUG = '1';
  };
  expect(after('ConfigMap/django', debug, true)).toEqual([]);
});

test.each([
  ['CronJob/backup', 'KEEP', '0'],
  ['CronJob/backup', 'KEEP', 'all'],
  ['CronJob/backup', 'PGDATABASE', 'postgres'],
  ['CronJob/migrate', 'SQL_USER', 'coped_application'],
  ['Deployment/web', 'SQL_USER', 'coped_owner'],
  ['StatefulSet/postgres', 'PGDATA', '/var/lib/postgresql/data/other'],
  ['StatefulSet/postgres', 'POSTGRES_INITDB_ARGS', '--auth-host=trust --data-checksums'],
])('finds in %s that %s is %s', (name, variable, value) => {
  const findings = after(name, ({ kind, spec }) => {
    const { template } = kind === 'CronJob' ? spec.jobTemplate.spec : spec;
    template.spec.containers[0].env.find((entry: Json) => entry.name === variable).value = value;
  });
  expect(findings).toEqual([
    [expect.stringContaining(`env[${variable}]`), value, 'is not what it must be here'],
  ]);
});

test('finds a server that starts without what has to run before it', () => {
  const findings = after(WEB, ({ spec }) => {
    delete spec.template.spec.initContainers;
  });
  expect(findings).toEqual([['web]', undefined, 'starts without what has to run before it']]);
});

test('finds a database that nobody asked for a real password', () => {
  const without = ({ spec }: Json) => Reflect.deleteProperty(spec.template.spec, 'initContainers');
  expect(after('StatefulSet/postgres', without)).toHaveLength(1);
  expect(after('StatefulSet/postgres', without, true)).toEqual([]);
});

test('finds a directory that nobody fills', () => {
  const mounts = (mountPath: string) => (object: Json) =>
    container(object).volumeMounts.push({ name: 'tmp', mountPath });
  expect(after(WEB, mounts('/app'))).toEqual([
    ['web]', undefined, 'starts without what has to run before it'],
  ]);
  expect(after(WEB, mounts('/elsewhere'))).toEqual([]);
});

test.each<[string, string, Json]>([
  ['Deployment/web', 'readinessProbe', { httpGet: { path: '/ready', port: 'http' } }],
  // Asks the database: all pods would restart when it does.
  ['Deployment/web', 'livenessProbe', { httpGet: { path: '/readyz', port: 'http' } }],
  ['StatefulSet/postgres', 'readinessProbe', { exec: { command: ['true'] } }],
  ['StatefulSet/elasticsearch', 'readinessProbe', { tcpSocket: { port: 9200 } }],
])('finds a probe of %s that asks something else: %s', (name, probe, asked) => {
  const findings = after(name, (object) => {
    container(object)[probe] = asked;
  });
  expect(findings).toEqual([
    [expect.stringContaining(`].${probe}`), expect.anything(), 'does not ask the program'],
  ]);
});

test('finds a probe that speaks TLS to a server that does not', () => {
  const findings = after(WEB, (web) => {
    container(web).livenessProbe.httpGet.scheme = 'HTTPS';
  });
  expect(findings).toEqual([
    ['web].livenessProbe.httpGet.scheme', 'HTTPS', 'is not how the program answers inside the cluster'],
  ]);
});

test.each(['runAsUser', 'runAsGroup', 'fsGroup'])('finds another %s than that of the image', (field) => {
  const findings = after('StatefulSet/postgres', ({ spec }) => {
    spec.template.spec.securityContext[field] = 1234;
  });
  expect(findings).toEqual([
    [expect.stringMatching(`${field}$`), 1234, expect.stringMatching(/^is not the user/)],
  ]);
});

test.each([
  'Deployment/web',
  'Deployment/api',
  'Deployment/dashboards',
  'StatefulSet/elasticsearch',
])('finds that %s stops while requests still come', (name) => {
  const path = expect.stringMatching(/\.lifecycle\.preStop$/);
  const without = after(name, (object) => {
    delete container(object).lifecycle;
  });
  expect(without).toEqual([[path, undefined, expect.stringMatching(/^is missing/)]]);
  const preStop = { exec: { command: ['sleep', '0'] } };
  const hasty = after(name, (object) => {
    container(object).lifecycle = { preStop };
  });
  expect(hasty).toEqual([[path, preStop, 'does not wait']]);
});
