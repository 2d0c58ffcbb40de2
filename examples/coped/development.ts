import type { LocalEnvironment } from '../../lib/environments/environment';
import { coped } from './application';
import images from './images/development.json';

/** A laptop: empty again whenever the web pod starts. */
export const development: LocalEnvironment = {
  kind: 'local',
  name: 'development',
  application: coped,
  host: 'localhost',
  images,
  web: { replicas: 1, workers: 1, resources: { cpu: '100m', memory: '384Mi', memoryLimit: '1Gi' } },
  // A tagger loads spaCy's large model.
  worker: { concurrency: 1, resources: { cpu: '100m', memory: '384Mi', memoryLimit: '3Gi' } },
  beat: {},
  redis: {},
  static: {},
  metabase: { connections: 5, resources: { cpu: '100m', memory: '1Gi', memoryLimit: '1536Mi' } },
  postgres: {
    storage: '1Gi',
    maxConnections: 40,
    resources: { cpu: '100m', memory: '256Mi', memoryLimit: '384Mi' },
  },
  elasticsearch: { nodes: 1, storage: '2Gi', cpu: '250m', memory: '1536Mi' },
  budget: { cpu: '1', memory: '4Gi' },
  quota: {
    cpu: '2',
    memory: '6Gi',
    memoryLimit: '18Gi',
    ephemeralStorage: '8Gi',
    storage: '5Gi',
    pods: 20,
  },
};
