import { sample } from '../applications/sample';
import type { LocalEnvironment } from './environment';
import images from './images/development.json';

/** A laptop with kind or minikube: small, quick to change, and empty again after every start. */
export const development: LocalEnvironment = {
  kind: 'local',
  name: 'development',
  application: sample,
  host: 'localhost',
  images,
  web: {
    replicas: 1,
    workers: 1,
    nodePort: {
      port: 30800,
      // Node addresses that Docker, kind and minikube hand out; pods have others (10.244.0.0/16).
      clients: ['172.16.0.0/12', '192.168.0.0/16'],
    },
    resources: { cpu: '100m', memory: '192Mi', memoryLimit: '512Mi' },
  },
  api: {
    replicas: 1,
    workers: 1,
    resources: { cpu: '50m', memory: '160Mi', memoryLimit: '512Mi' },
  },
  dashboards: {
    replicas: 1,
    cullIdleAfter: 300,
    resources: { cpu: '50m', memory: '256Mi', memoryLimit: '1Gi' },
  },
  postgres: {
    storage: '1Gi',
    maxConnections: 40,
    resources: { cpu: '100m', memory: '256Mi', memoryLimit: '384Mi' },
  },
  elasticsearch: {
    nodes: 1,
    storage: '2Gi',
    cpu: '250m',
    memory: '1536Mi',
  },
  budget: { cpu: '700m', memory: '2662Mi' },
  quota: {
    cpu: '1500m',
    memory: '4Gi',
    memoryLimit: '9Gi',
    ephemeralStorage: '5Gi',
    storage: '5Gi',
    pods: 15,
  },
};
