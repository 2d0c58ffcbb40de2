import type { ComponentName } from '../components';

/** Peers that are not ours: what they are in a given cluster is a value of the environment. */
export const outsiderNames = ['ingress-controller', 'node-port', 'dns'] as const;
export type OutsiderName = (typeof outsiderNames)[number];

/** A connection that is allowed. Whatever is not in the table is denied, in both directions. */
export interface Flow {
  readonly from: readonly (ComponentName | OutsiderName)[];
  readonly to: ComponentName | OutsiderName;
  /** The port the receiving container listens on; policies see it, not the Service's port. */
  readonly port: number;
  /** @default ['TCP'] */
  readonly protocols?: readonly ('TCP' | 'UDP')[];
  /** One sentence for the reviewer. */
  readonly why: string;
}

/**
 * Who may talk to whom: the whole table, written by hand because it is the security boundary.
 * Lines about components that an environment does not have (backup on a laptop) have no effect there.
 */
export const flows: readonly Flow[] = [
  { from: ['ingress-controller'], to: 'web', port: 8000, why: 'people open the site' },
  { from: ['ingress-controller'], to: 'api', port: 8000, why: 'programs and browsers call /api/' },
  { from: ['ingress-controller'], to: 'dashboards', port: 8866, why: 'people open /dashboards/' },
  { from: ['node-port'], to: 'web', port: 8000, why: 'a laptop opens localhost:8000, past the ingress' },

  { from: ['web', 'api', 'migrate'], to: 'postgres', port: 5432, why: 'Django keeps its data there' },
  {
    from: ['web', 'api', 'migrate'],
    to: 'elasticsearch',
    port: 9200,
    why: 'Django searches and indexes there',
  },
  { from: ['dashboards'], to: 'api', port: 8000, why: 'notebooks read data through the API only' },

  { from: ['postgres-bootstrap'], to: 'postgres', port: 5432, why: 'creates the database and its roles' },
  {
    from: ['elasticsearch-bootstrap'],
    to: 'elasticsearch',
    port: 9200,
    why: 'creates the role and user of Django',
  },
  { from: ['backup'], to: 'postgres', port: 5432, why: 'pg_dump reads every table' },
  { from: ['elasticsearch'], to: 'elasticsearch', port: 9300, why: 'nodes form one cluster' },

  {
    from: [
      'web',
      'api',
      'migrate',
      'dashboards',
      'postgres-bootstrap',
      'elasticsearch-bootstrap',
      'backup',
      'elasticsearch',
    ],
    to: 'dns',
    port: 53,
    protocols: ['UDP', 'TCP'],
    why: 'finds the services above by name',
  },
];
