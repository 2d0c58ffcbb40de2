import { production } from '../../../examples/coped/production';
import type { HostedEnvironment } from '../../../lib/environments/environment';
import { modelOf } from '../model';

const resources = { cpu: '20m', memory: '192Mi', memoryLimit: '512Mi' };
/** Seconds. */
const linger = 5;

/** Production of examples/coped on a laptop: smaller, and with doubles of its images. */
export const environment: HostedEnvironment = {
  ...production,
  name: 'e2e-application',
  contexts: ['kind-coped'],
  host: 'application.coped.example.org',
  images: { django: 'docker.io/coped/legacy:1.0.0', metabase: 'docker.io/coped/echo:1.0.0' },
  cluster: {},
  web: { replicas: { min: 2, max: 2 }, workers: 1, linger, resources },
  worker: { ...production.worker, stopWithin: 60, resources },
  beat: { resources },
  static: { collecting: resources },
  metabase: { middlewares: 'metabase-slash@file,metabase-prefix@file', connections: 5, resources },
  postgres: {
    storage: '1Gi',
    maxConnections: 60,
    resources: { cpu: '20m', memory: '256Mi', memoryLimit: '384Mi' },
  },
  elasticsearch: {
    nodes: 1,
    machines: 1,
    storage: '1Gi',
    cpu: '20m',
    memory: '1536Mi',
    linger,
    clients: production.elasticsearch?.clients,
  },
  migrate: { resources },
  // On a leap day: by hand only.
  backup: { keep: 2, storage: '1Gi', schedule: '0 0 29 2 *' },
  certificates: { source: 'existing' },
  budget: { cpu: '1', memory: '6Gi' },
  quota: {
    cpu: '3',
    memory: '10Gi',
    memoryLimit: '16Gi',
    ephemeralStorage: '20Gi',
    storage: '10Gi',
    pods: 40,
  },
};

export const model = modelOf(environment);
