import { SecretValue } from '../../../checker/secrets/secret-value';
import { development } from '../../../lib/environments/development';
import type { HostedEnvironment, LocalEnvironment } from '../../../lib/environments/environment';
import { parseEnvironments } from '../../../lib/environments/parse';

const quota = {
  cpu: '9',
  memory: '9Gi',
  memoryLimit: '9Gi',
  ephemeralStorage: '9Gi',
  storage: '9Gi',
  pods: 9,
};
const budget = { cpu: '9', memory: '9Gi' };
const images = {
  django: 'example.org/django:1.0.0',
  dashboards: 'example.org/dashboards:1.0.0',
  postgres: 'example.org/postgres:17.12',
  elasticsearch: 'example.org/elasticsearch:9.5.3',
};
const common = {
  images,
  budget,
  quota,
  web: { replicas: 1 },
  api: { replicas: 1 },
  dashboards: { replicas: 1, cullIdleAfter: 600 },
  postgres: { storage: '1Gi' },
  elasticsearch: { nodes: 1, storage: '1Gi' },
} as const;
const hosted: HostedEnvironment = {
  ...common,
  kind: 'hosted',
  name: 'least',
  contexts: ['least'],
  host: 'least.example.org',
  backup: { storage: '1Gi' },
  certificates: { source: 'existing' },
};
const local: LocalEnvironment = {
  ...common,
  kind: 'local',
  name: 'least',
  host: 'localhost',
  secrets: development.secrets,
};

// The defaults stand in the schemas; here they are pinned, so that changing one is a decision.
const server = {
  workers: 2,
  threads: 4,
  linger: 15,
  resources: { cpu: '250m', memory: '384Mi', memoryLimit: '768Mi' },
};
const defaults = {
  web: { replicas: 1, ...server },
  api: { replicas: 1, ...server },
  dashboards: {
    replicas: 1,
    cullIdleAfter: 600,
    cellTimeout: 120,
    linger: 10,
    serviceAnnotations: {},
    resources: { cpu: '250m', memory: '512Mi', memoryLimit: '2Gi' },
  },
  postgres: {
    storage: '1Gi',
    maxConnections: 100,
    resources: { cpu: '500m', memory: '1Gi', memoryLimit: '1Gi' },
  },
  elasticsearch: { nodes: 1, storage: '1Gi', cpu: '1', memory: '4Gi', allowMmap: false, linger: 20 },
  ingress: {
    className: 'traefik',
    annotations: {},
    controller: { namespace: 'traefik', labels: { 'app.kubernetes.io/name': 'traefik' } },
  },
};

test('defaults of a hosted environment', () => {
  expect(parseEnvironments([hosted])).toEqual([
    {
      ...hosted,
      ...defaults,
      secrets: { source: 'existing' },
      django: {
        debug: false,
        reload: false,
        databaseOnStart: 'nothing',
        maxBodyBytes: 1048576,
        requestTimeout: 60,
      },
      keepData: true,
      resilient: true,
      migrate: { deadline: 3600, resources: { cpu: '250m', memory: '256Mi', memoryLimit: '1Gi' } },
      backup: {
        schedule: '30 2 * * *',
        keep: 7,
        storage: '1Gi',
        resources: { cpu: '100m', memory: '128Mi', memoryLimit: '256Mi' },
      },
      certificates: {
        source: 'existing',
        ingressSecret: 'ingress-tls',
        elasticsearchSecret: 'elasticsearch-tls',
      },
    },
  ]);
});

test('defaults of a local environment', () => {
  expect(parseEnvironments([local])).toEqual([
    {
      ...local,
      ...defaults,
      secrets: {
        source: 'fake',
        values: expect.objectContaining({ postgresOwner: expect.any(SecretValue) }),
      },
      django: {
        debug: true,
        reload: true,
        databaseOnStart: 'flush-and-migrate',
        maxBodyBytes: 1048576,
        requestTimeout: 60,
      },
      keepData: false,
      resilient: false,
    },
  ]);
});
