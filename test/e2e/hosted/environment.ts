import type { CertificatesSettings } from '../../../lib/components/certificates';
import type { HostedEnvironment } from '../../../lib/environments/environment';
import { stickySessions } from '../../../lib/environments/hosted';
import released from '../../../lib/environments/images/production.json';
import { production } from '../../../lib/environments/production';
import { modelOf } from '../model';

/**
 * What each pod reserves: a node of two cores has 440m left beside kind's own pods and development, and a rollout, a Job,
 * the probes of the network and those of `coped doctor` need room as well. Without load, a pod takes what is there.
 */
const cpu = '20m';
/** Seconds: less than in production, because pods are replaced all the time. Still enough for an ingress on a busy machine. */
const linger = 5;
const small = { cpu, memory: '192Mi', memoryLimit: '512Mi' };

/** Production's own shape on a laptop: the same objects, smaller, with certificates that the suite makes. */
export const environment: HostedEnvironment = {
  kind: 'hosted',
  application: production.application,
  name: 'e2e',
  contexts: ['kind-coped'],
  host: 'e2e.coped.example.org',
  images: {
    ...released,
    django: 'docker.io/coped/django:1.0.0',
    dashboards: 'docker.io/coped/dashboards:1.0.0',
  },
  // The autoscaler is there but has no room: a run must not depend on how busy the laptop is.
  web: { replicas: { min: 2, max: 2 }, workers: 1, linger, resources: small },
  api: { replicas: { min: 2, max: 2 }, workers: 1, linger, resources: small },
  dashboards: {
    replicas: 2,
    cullIdleAfter: 600,
    linger,
    serviceAnnotations: stickySessions,
    resources: { cpu, memory: '256Mi', memoryLimit: '1Gi' },
  },
  postgres: {
    storage: '1Gi',
    maxConnections: 40,
    resources: { cpu, memory: '256Mi', memoryLimit: '384Mi' },
  },
  // Two machines are enough to see it: losing one is not tried.
  elasticsearch: { nodes: 3, machines: 1, storage: '1Gi', cpu, memory: '1536Mi', linger },
  migrate: { resources: small },
  // On a leap day: a run at half past two met the nightly backup, and its own was refused.
  backup: { keep: 2, storage: '1Gi', schedule: '0 0 29 2 *' },
  certificates: { source: 'existing' },
  budget: { cpu: '1', memory: '7Gi' },
  quota: {
    cpu: '3',
    memory: '12Gi',
    memoryLimit: '20Gi',
    ephemeralStorage: '20Gi',
    storage: '10Gi',
    pods: 40,
  },
};

export const model = modelOf(environment);
export const HOST = environment.host;

/** The names under which the cluster looks for certificates. */
export const certificates = model.environment.certificates as CertificatesSettings;
