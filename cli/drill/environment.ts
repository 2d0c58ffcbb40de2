import type { HostedEnvironment } from '../../lib/environments/environment';
import { production } from '../../lib/environments/production';

export const DRILL = 'drill';

const server = {
  replicas: { min: 2, max: 2 },
  workers: 1,
  resources: { cpu: '20m', memory: '192Mi', memoryLimit: '512Mi' },
};

/**
 * What `coped drill` destroys: production's shape, as small as possible, without what holds no data. It is not in lib/environments, so it
 * is not in dist/, and cannot be deployed by mistake.
 */
export const drillEnvironment = (
  context: string,
  django: string,
  { application, api, dashboards, elasticsearch, images }: HostedEnvironment = production,
): HostedEnvironment => ({
  kind: 'hosted',
  name: DRILL,
  // No one visits its pages, and it calls no one.
  application: { ...application, collectStatic: undefined, calls: undefined },
  contexts: [context],
  host: 'drill.coped.example.org',
  images: { ...images, redis: undefined, static: undefined, metabase: undefined, django },
  web: server,
  api: api && server,
  dashboards: dashboards && {
    replicas: 1,
    cullIdleAfter: 600,
    kernelMemory: '256Mi',
    resources: server.resources,
  },
  postgres: {
    storage: '1Gi',
    maxConnections: 40,
    resources: { cpu: '50m', memory: '256Mi', memoryLimit: '384Mi' },
  },
  elasticsearch: elasticsearch && {
    ...{ nodes: 1, machines: 1, storage: '1Gi', cpu: '50m', memory: '1536Mi' },
    clients: elasticsearch.clients,
  },
  migrate: { resources: { cpu: '20m', memory: '192Mi', memoryLimit: '512Mi' } },
  backup: { keep: 2, storage: '1Gi' },
  certificates: { source: 'existing' },
  // What two cores have left beside development, with room for one Job more.
  budget: { cpu: '300m', memory: '5Gi' },
  quota: {
    cpu: '3',
    memory: '8Gi',
    memoryLimit: '14Gi',
    ephemeralStorage: '12Gi',
    storage: '5Gi',
    pods: 25,
  },
});

/** The dashboards hold no data: left out, they need no image. */
export const LEFT_OUT = 'dashboards';
