import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Django, type DjangoSettings } from '../../../lib/components/django';
import { DjangoServer, type DjangoServerProps } from '../../../lib/components/django-server';
import { Live } from '../../../lib/components/live';
import { find, objectsOf } from '../../support';

const settings: DjangoSettings = {
  debug: false,
  reload: false,
  databaseOnStart: 'nothing',
  maxBodyBytes: 4096,
  requestTimeout: 45,
};
const postgres = { host: 'db.example', port: 5433, database: 'coped' };
const elasticsearch = {
  host: 'search.example',
  port: 9201,
  user: 'searcher',
  authority: { secret: 'tls', key: 'ca.crt' },
};

const props: Required<Omit<DjangoServerProps, 'django' | 'live'>> = {
  component: 'web',
  preparesDatabase: true,
  resilient: true,
  replicas: { min: 2, max: 5 },
  workers: 3,
  threads: 6,
  linger: 7,
  resources: { cpu: '150m', memory: '200Mi', memoryLimit: '400Mi' },
  nodePort: { port: 30123, clients: ['192.168.0.0/16'] },
};
const serverOf = (
  scope: Construct,
  changed: Partial<DjangoServerProps>,
  django: Partial<DjangoSettings> = {},
) => {
  const { connection } = new Django(scope, 'django', {
    settings: { ...settings, ...django } as DjangoSettings,
    image: 'django:1.2.3',
    allowedHosts: ['coped.example.org', 'api'],
    postgres,
    elasticsearch,
    realSecrets: true,
  });
  const live = connection.settings.reload ? new Live(scope, 'live').mounted : undefined;
  return new DjangoServer(scope, 'server', { ...props, django: connection, live, ...changed });
};
const make = (changed: Partial<DjangoServerProps> = {}, django: Partial<DjangoSettings> = {}) =>
  objectsOf((scope) => serverOf(scope, changed, django));
const podOf = (...args: Parameters<typeof make>) =>
  find(make(...args), 'Deployment', 'web').spec.template.spec;
const namesOf = (list: { name: string }[]) => list.map(({ name }) => name);

test('every prop arrives', () => {
  const [container] = podOf().containers;
  expect(container.image).toBe('django:1.2.3');
  expect(container.command).toEqual(
    expect.arrayContaining([
      'gunicorn',
      'coped.wsgi.web:application',
      '--workers=3',
      '--threads=6',
      '--timeout=45',
    ]),
  );
  expect(container.resources).toMatchObject({
    requests: { cpu: '150m', memory: '200Mi' },
    limits: { memory: '400Mi' },
  });
  expect(find(make(), 'HorizontalPodAutoscaler', 'web').spec).toMatchObject({
    minReplicas: 2,
    maxReplicas: 5,
  });
  expect(find(make(), 'Service', 'web').spec).toMatchObject({
    type: 'NodePort',
    ports: [{ port: 8000, nodePort: 30123 }],
  });
  expect(find(make(), 'PodDisruptionBudget', 'web').spec.maxUnavailable).toBe(1);
});

test('the environment that the application knows', () => {
  expect(find(make(), 'ConfigMap', 'django').data).toEqual({
    DATA_UPLOAD_MAX_MEMORY_SIZE: '4096',
    DEBUG: '0',
    DJANGO_ALLOWED_HOSTS: 'coped.example.org api',
    ELASTIC_CA_FILE: '/run/secrets/coped/elasticsearch-ca.crt',
    ELASTIC_HOSTNAME: 'search.example',
    ELASTIC_PASSWORD_FILE: '/run/secrets/coped/elastic-password',
    ELASTIC_PASSWORD_FROM: 'Secret elasticsearch-application, key password',
    ELASTIC_PASSWORD_PREVIOUS_FILE: '/run/secrets/coped/previous-elastic-password',
    ELASTIC_PORT: '9201',
    ELASTIC_USER: 'searcher',
    REQUIRE_REAL_SECRETS: '1',
    SECRET_KEY_FILE: '/run/secrets/coped/secret-key',
    SECRET_KEY_FROM: 'Secret django, key secret-key',
    SECRET_KEY_NEXT_FILE: '/run/secrets/coped/next-secret-key',
    SECRET_KEY_PREVIOUS_FILE: '/run/secrets/coped/previous-secret-key',
    SQL_DATABASE: 'coped',
    SQL_ENGINE: 'django.db.backends.postgresql',
    SQL_HOST: 'db.example',
    SQL_PASSWORD_FILE: '/run/secrets/coped/sql-password',
    SQL_PASSWORD_PREVIOUS_FILE: '/run/secrets/coped/previous-sql-password',
    SQL_PORT: '5433',
  });
  expect(podOf().containers[0].env).toContainEqual({ name: 'SQL_USER', value: 'coped_application' });
});

test('an autoscaler and a fixed number never both decide', () => {
  expect(find(make(), 'Deployment', 'web').spec.replicas).toBeUndefined();
  const fixed = make({ replicas: 2 });
  expect(find(fixed, 'Deployment', 'web').spec.replicas).toBe(2);
  expect(fixed.filter(({ kind }) => kind === 'HorizontalPodAutoscaler')).toEqual([]);
});

test('where people rely on it: waits for the schema, with rights on rows only', () => {
  const [wait, ...others] = podOf().initContainers;
  expect(others).toEqual([]);
  expect(wait.name).toBe('wait-for-schema');
  expect(wait.env).toEqual([
    { name: 'SQL_PASSWORD_FROM', value: 'Secret postgres-application, key password' },
    { name: 'SQL_USER', value: 'coped_application' },
  ]);
  expect(JSON.stringify(podOf())).not.toContain('postgres-owner');
});

test('on a laptop: copies the code to where it can be edited, and flushes as the owner', () => {
  const pod = podOf({}, { reload: true, databaseOnStart: 'flush-and-migrate' });
  expect(namesOf(pod.initContainers)).toEqual(['copy-code', 'flush-and-migrate']);
  expect(pod.initContainers[1].env).toContainEqual({ name: 'SQL_USER', value: 'coped_owner' });
  expect(pod.initContainers[0].command.at(-1)).toBe('/app');
  expect(pod.containers[0].volumeMounts).toContainEqual({ mountPath: '/app', name: 'code' });
});

test('on a laptop: edited code is noticed, and no connection stays with old code', () => {
  const pod = podOf({}, { reload: true });
  expect(pod.containers[0].command).toEqual(
    expect.arrayContaining([
      'live:application("coped.wsgi.web:application")',
      '--config=/live/live.py',
      '--pythonpath=/live',
      '--keep-alive=0',
    ]),
  );
  expect(pod.containers[0].volumeMounts).toContainEqual({ mountPath: '/live', name: 'live', readOnly: true });
  expect(find(make({}, { reload: true }), 'ConfigMap', 'live').data['live.py']).toContain('def application(');
  expect(podOf().containers[0].command).toContain('--keep-alive=100');
});

test('only one server prepares the database', () => {
  const pod = podOf({ preparesDatabase: false }, { databaseOnStart: 'flush-and-migrate' });
  expect(namesOf(pod.initContainers)).toEqual(['wait-for-schema']);
  expect(JSON.stringify(pod)).not.toContain('postgres-owner');
});

test('drains: the pod leaves the Service first, then finishes its requests, then is killed', () => {
  const pod = podOf();
  const [, sleep] = pod.containers[0].lifecycle.preStop.exec.command;
  const graceful = pod.containers[0].command
    .find((arg: string) => arg.startsWith('--graceful-timeout='))
    .split('=')[1];
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(Number(sleep) + Number(graceful));
  expect(find(make(), 'Deployment', 'web').spec.strategy.rollingUpdate).toEqual({
    maxSurge: 1,
    maxUnavailable: 0,
  });
});

test('keeps its heartbeat in memory, and asks its own health only to decide about a restart', () => {
  const [container] = podOf().containers;
  expect(container.command).toContain('--worker-tmp-dir=/dev/shm');
  expect(container.livenessProbe.httpGet.path).toBe('/livez');
  expect(container.readinessProbe.httpGet.path).toBe('/readyz');
  for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
    expect(container[probe].httpGet.httpHeaders).toEqual([{ name: 'Host', value: 'coped.example.org' }]);
  }
});

test('stays with the site when the database that all servers ask is slow for a moment', () => {
  const { failureThreshold, periodSeconds } = podOf().containers[0].readinessProbe;
  expect(failureThreshold * periodSeconds).toBeGreaterThanOrEqual(30);
});

test('tells others where it is served', () => {
  expect(serverOf(new Chart(new App(), 'test'), { component: 'api' }).backend).toEqual({
    service: 'api',
    port: 8000,
  });
});
