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

/** Without a database of its own: it is in a namespace of someone else, made by the scenario. */
const elsewhere: HostedEnvironment = {
  ...small('e2e-elsewhere'),
  api: undefined,
  dashboards: undefined,
  elasticsearch: undefined,
  images: { django: e2e.images.django },
  postgres: {
    kind: 'external',
    host: 'db.databases.svc.cluster.local',
    at: { namespace: 'databases', labels: { app: 'db' } },
    tls: 'verify-full',
    authority: { secret: 'postgres-ca', key: 'ca.crt' },
  },
};

/** Hosted environments that may be made and thrown away on a local cluster. */
export const trialEnvironments: readonly HostedEnvironment[] = [
  e2e,
  application,
  elsewhere,
  ...['e2e-deploy', 'e2e-secrets', 'e2e-backup', 'e2e-status', 'e2e-empty'].map(small),
];
