import type { HostedEnvironment } from '../../lib/environments/environment';
import { coped } from './application';
import images from './images/production.json';

/** The site that people use. */
export const production: HostedEnvironment = {
  kind: 'hosted',
  name: 'production',
  application: coped,
  contexts: ['coped-production'],
  host: 'coped.energy',
  images,
  cluster: { pullSecrets: ['ghcr'] },
  web: { replicas: { min: 2, max: 4 }, resources: { cpu: '500m', memory: '1Gi', memoryLimit: '2Gi' } },
  worker: {
    replicas: 1,
    concurrency: 2,
    stopWithin: 600,
    // A tagger loads spaCy's large model.
    resources: { cpu: '500m', memory: '2Gi', memoryLimit: '4Gi' },
  },
  beat: {},
  redis: { storage: '1Gi' },
  static: {},
  // COPED does not redirect to HTTPS, its nginx did: here nothing is served over plain HTTP.
  ingress: { annotations: { 'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure' } },
  metabase: { resources: { cpu: '500m', memory: '1536Mi', memoryLimit: '2Gi' } },
  postgres: { storage: '50Gi', maxConnections: 120 },
  elasticsearch: {
    nodes: 1,
    storage: '10Gi',
    clients: {
      plain: 'COPED names no authority to elasticsearch-py 7.15, which then trusts those of certifi alone.',
    },
  },
  backup: { keep: 14, storage: '50Gi' },
  certificates: { source: 'cert-manager', issuer: { kind: 'ClusterIssuer', name: 'letsencrypt' } },
  budget: { cpu: '6', memory: '12Gi' },
  quota: {
    cpu: '12',
    memory: '24Gi',
    memoryLimit: '36Gi',
    ephemeralStorage: '16Gi',
    storage: '120Gi',
    pods: 40,
  },
};
