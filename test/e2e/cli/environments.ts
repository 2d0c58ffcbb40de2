import type { HostedEnvironment } from '../../../lib/environments/environment';
import { environment as application } from '../applications/environment';
import { environment as e2e } from '../hosted/environment';

/** The suite's own environment with one Elasticsearch node: what is tried of commands needs no more. */
export const small = (name: string): HostedEnvironment => ({
  ...e2e,
  name,
  host: `${name}.coped.example.org`,
  elasticsearch: { ...e2e.elasticsearch, nodes: 1, machines: 1 } as typeof e2e.elasticsearch,
  dashboards: e2e.dashboards && { ...e2e.dashboards, replicas: 1 },
});

/** Hosted environments that may be made and thrown away on a local cluster. */
export const trialEnvironments: readonly HostedEnvironment[] = [
  e2e,
  application,
  ...['e2e-deploy', 'e2e-secrets', 'e2e-backup', 'e2e-status', 'e2e-empty'].map(small),
];
