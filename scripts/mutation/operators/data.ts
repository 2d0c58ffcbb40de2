import { append, remove, replace, set, when } from '../change';
import { type Operator, onContainers, onObjects } from '../mutant';

const TEMPLATES = 'spec.volumeClaimTemplates.*';
const IMAGE = 'spec.template.spec.containers.0.image';
const PASSWORD = 'b7Kq0vX2mZt9';
const ADDRESS = `postgres://coped:${PASSWORD}@postgres/coped`;

/** What would lose data, and what would give a secret away. */
export const data: readonly Operator[] = [
  ...onObjects(['PersistentVolumeClaim'], {
    'shrinks a volume': set('spec.resources.requests.storage', '1Mi'),
    'changes the class of a volume': [
      set('spec.storageClassName', 'other'),
      set('spec.accessModes', ['ReadWriteMany']),
    ],
  }),
  ...onObjects(['StatefulSet'], {
    'changes what a StatefulSet keeps': [
      set(`${TEMPLATES}.spec.resources.requests.storage`, '1Mi'),
      set(`${TEMPLATES}.spec.resources.requests.storage`, '900Gi'),
      set(`${TEMPLATES}.spec.storageClassName`, 'other'),
      set(`${TEMPLATES}.metadata.name`, 'other'),
      remove(TEMPLATES),
    ],
    'changes what cannot change': set('spec.podManagementPolicy', (policy) =>
      policy === 'Parallel' ? 'OrderedReady' : 'Parallel',
    ),
  }),
  ...onObjects(['Service'], {
    'changes the kind of a Service': set('spec.clusterIP', (address) =>
      address === 'None' ? '10.96.0.99' : 'None',
    ),
  }),
  ...onObjects(['Job'], {
    'changes a Job that has run': set(IMAGE, 'registry.example.org/other:1.0.0'),
  }),
  ...onObjects(['StatefulSet'], {
    'adds an initial master node': set(
      'spec.template.spec.{initContainers}.*.env./^INITIAL_MASTER_NODES$/.value',
      (names) => `${names},elasticsearch-9`,
    ),
    'changes the major version of PostgreSQL': [
      replace(IMAGE, 'postgres:17', 'postgres:16'),
      replace(IMAGE, 'postgres:17', 'postgres:18'),
    ],
    'makes an even number of nodes': when('metadata.name', /^elasticsearch$/, set('spec.replicas', 2)),
  }),
  ...onContainers({
    'writes a secret into a variable': [
      append('env', { name: 'API_TOKEN', value: PASSWORD }),
      append('env', { name: 'DATABASE', value: ADDRESS }),
    ],
    'writes a secret into a command': append('args', `--dsn=${ADDRESS}`),
  }),
  ...onObjects(['ConfigMap'], {
    'writes a secret into configuration': [
      set('data.PASSWORD', PASSWORD),
      set('data[key.pem]', '-----BEGIN PRIVATE KEY-----\nMIIE'),
    ],
  }),
  ...onObjects([], {
    'writes a secret into an annotation': [
      set('metadata.annotations.note', ADDRESS),
      set('metadata.annotations.note', Buffer.from(ADDRESS).toString('base64')),
    ],
  }),
  {
    name: 'commits a Secret',
    mutants: (good) => [
      {
        where: 'Secret/committed',
        manifests: [
          ...good,
          {
            apiVersion: 'v1',
            kind: 'Secret',
            metadata: { name: 'committed', namespace: good[1]?.metadata.namespace },
            stringData: { password: PASSWORD },
          },
        ],
      },
    ],
  },
];
