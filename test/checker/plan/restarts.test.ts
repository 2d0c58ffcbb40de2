import { restarts } from '../../../checker/plan/pods/restarts';
import { main } from '../fixture';
import { edited, lines, release, says } from './planned';

const change = (name: string, settings: Record<string, unknown>) => says(restarts, release(name, settings));

test('names the new image once, with its containers, and what the pods wait for', () => {
  expect(change('production', { 'images.django': 'registry.example.org/coped/django:1.1.0' })).toEqual(
    ['api', 'web'].map((name) => ({
      about: `Deployment/${name}`,
      what: 'its 3 to 10 pods are replaced one by one; a new one is ready before an old one stops',
      danger: false,
      details: [
        `new image registry.example.org/coped/django 1.0.0 → 1.1.0 (${name}, wait-for-schema)`,
        'the new pods wait until the database has the schema of this release',
      ],
    })),
  );
});

test('names the entries of configuration behind the stamp, and no values', () => {
  const [api] = change('production', { 'django.maxBodyBytes': 2 ** 21 });
  expect(api?.details).toContain(
    'configuration: ConfigMap/django has other contents in DATA_UPLOAD_MAX_MEMORY_SIZE',
  );
});

test('a single pod with a disk means a short downtime', () => {
  expect(change('production', { 'postgres.maxConnections': 250 })).toEqual([
    {
      about: 'StatefulSet/postgres',
      what: 'its only pod stops, then starts again: a short downtime',
      danger: true,
      details: ['command: max_connections=200 → max_connections=250 (postgres)'],
    },
  ]);
});

test('several pods with disks restart one at a time', () => {
  expect(lines(change('production', { 'elasticsearch.cpu': '2' }))).toEqual([
    'StatefulSet/elasticsearch: its 3 pods restart one at a time, the last first; each is away until it is ready again',
  ]);
});

test('another number of replicas restarts nothing', () => {
  expect(change('production', { 'dashboards.replicas': 3, 'web.replicas': { min: 4, max: 8 } })).toEqual([]);
});

test.each([
  [{ type: 'Recreate' }, 'its 2 pods all stop before new ones start: a downtime'],
  [
    { rollingUpdate: { maxSurge: 0, maxUnavailable: '25%' } },
    'its 2 pods are replaced; up to 1 are away at a time',
  ],
  [
    { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
    'its 2 pods are replaced; up to 1 are away at a time',
  ],
  [
    { rollingUpdate: { maxUnavailable: '100%' } },
    'its 2 pods are replaced, and all may be away at once: a downtime',
  ],
  [{}, 'its 2 pods are replaced one by one; a new one is ready before an old one stops'],
])('with the strategy %j: %s', (strategy, what) => {
  const subject = edited('production', 'Deployment/dashboards', (dashboards) => {
    dashboards.spec.strategy = strategy;
    main(dashboards).image = 'voila:2.0.0';
  });
  expect(lines(says(restarts, subject))).toEqual([`Deployment/dashboards: ${what}`]);
});

test('gives the reason for whatever is in a pod template', () => {
  const subject = edited('production', 'Deployment/dashboards', (dashboards) => {
    const container = main(dashboards);
    container.env.push({ name: 'DEBUG', value: '1' });
    container.resources.requests.memory = '1Gi';
    container.securityContext.privileged = true;
    container.livenessProbe.periodSeconds = 30;
    dashboards.spec.template.spec.priorityClassName = 'high';
    dashboards.spec.template.spec.initContainers = [{ name: 'first', image: 'x:1.0.0' }];
  });
  expect(says(restarts, subject)[0]?.details).toEqual([
    'environment variable DEBUG: added: {"name":"DEBUG","value":"1"} (dashboards)',
    'livenessProbe.periodSeconds: 20 → 30 (dashboards)',
    'resources.requests.memory: 512Mi → 1Gi (dashboards)',
    'securityContext.privileged: added: true (dashboards)',
    'priorityClassName: added: high',
    'initContainers: added: [{"name":"first","image":"x:1.0.0"}]',
  ]);
});
