import { sample } from '../applications/sample';
import type { HostedEnvironment } from './environment';
import { stickySessions } from './hosted';
import images from './images/staging.json';

/** Production's shape at a fraction of its size: what works here works there. */
export const staging: HostedEnvironment = {
  kind: 'hosted',
  name: 'staging',
  application: sample,
  contexts: ['coped-staging'],
  shapeOf: 'production',
  host: 'staging.coped.example.org',
  images,
  django: { showRelease: true },
  web: { replicas: { min: 2, max: 4 } },
  api: { replicas: { min: 2, max: 4 } },
  dashboards: { replicas: 1, cullIdleAfter: 600, serviceAnnotations: stickySessions },
  // 4 web and 4 api pods of 8 threads each, one more of each that comes and one that goes in a rollout, and the Jobs.
  postgres: { storage: '10Gi', maxConnections: 120 },
  elasticsearch: { nodes: 1, storage: '10Gi', memory: '2Gi', cpu: '500m' },
  backup: { keep: 7, storage: '10Gi' },
  certificates: { source: 'cert-manager', issuer: { kind: 'ClusterIssuer', name: 'letsencrypt' } },
  budget: { cpu: '3', memory: '6Gi' },
  quota: {
    cpu: '6',
    memory: '12Gi',
    memoryLimit: '24Gi',
    ephemeralStorage: '10Gi',
    storage: '40Gi',
    pods: 25,
  },
};
