import { sample } from '../applications/sample';
import type { HostedEnvironment } from './environment';
import { stickySessions } from './hosted';
import images from './images/production.json';

/** The site that people use. */
export const production: HostedEnvironment = {
  kind: 'hosted',
  name: 'production',
  application: sample,
  contexts: ['coped-production'],
  host: 'coped.example.org',
  images,
  web: { replicas: { min: 3, max: 10 }, resources: { cpu: '500m', memory: '512Mi', memoryLimit: '1Gi' } },
  api: { replicas: { min: 3, max: 10 }, resources: { cpu: '500m', memory: '512Mi', memoryLimit: '1Gi' } },
  dashboards: { replicas: 2, cullIdleAfter: 600, serviceAnnotations: stickySessions },
  postgres: {
    storage: '50Gi',
    maxConnections: 200,
    resources: { cpu: '1', memory: '2Gi', memoryLimit: '2Gi' },
  },
  elasticsearch: { nodes: 3, storage: '50Gi' },
  backup: { keep: 14, storage: '50Gi' },
  certificates: { source: 'cert-manager', issuer: { kind: 'ClusterIssuer', name: 'letsencrypt' } },
  budget: { cpu: '8', memory: '19Gi' },
  quota: {
    cpu: '18',
    memory: '32Gi',
    memoryLimit: '56Gi',
    ephemeralStorage: '20Gi',
    storage: '300Gi',
    pods: 50,
  },
};
