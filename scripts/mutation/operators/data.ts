import type { Json } from '../../../checker/manifests/manifest';
import { drop, type Operator, onContainers, onObjects, positions, put } from '../mutant';

/** What would lose data, and what would give a secret away. */
export const data: readonly Operator[] = [
  onObjects('shrinks a volume', ['PersistentVolumeClaim'], () => [
    (o) => put(o, '1Mi', 'spec', 'resources', 'requests', 'storage'),
  ]),
  onObjects('changes the class of a volume', ['PersistentVolumeClaim'], () => [
    (o) => put(o, 'other', 'spec', 'storageClassName'),
    (o) => put(o, ['ReadWriteMany'], 'spec', 'accessModes'),
  ]),
  onObjects('changes what a StatefulSet keeps', ['StatefulSet'], ({ spec }) =>
    positions(spec.volumeClaimTemplates).flatMap((i) => [
      (o) => put(o, '1Mi', 'spec', 'volumeClaimTemplates', i, 'spec', 'resources', 'requests', 'storage'),
      (o) => put(o, '900Gi', 'spec', 'volumeClaimTemplates', i, 'spec', 'resources', 'requests', 'storage'),
      (o) => put(o, 'other', 'spec', 'volumeClaimTemplates', i, 'spec', 'storageClassName'),
      (o) => put(o, 'other', 'spec', 'volumeClaimTemplates', i, 'metadata', 'name'),
      (o) => drop(o, 'spec', 'volumeClaimTemplates', i),
    ]),
  ),
  onObjects('changes what cannot change', ['StatefulSet'], () => [
    (o) =>
      put(
        o,
        o.spec.podManagementPolicy === 'Parallel' ? 'OrderedReady' : 'Parallel',
        'spec',
        'podManagementPolicy',
      ),
  ]),
  onObjects('changes the kind of a Service', ['Service'], () => [
    (o) => put(o, o.spec.clusterIP === 'None' ? '10.96.0.99' : 'None', 'spec', 'clusterIP'),
  ]),
  onObjects('changes a Job that has run', ['Job'], () => [
    (o) => put(o, 'registry.example.org/other:1.0.0', 'spec', 'template', 'spec', 'containers', 0, 'image'),
  ]),
  onObjects('adds a founder', ['StatefulSet'], ({ spec }) =>
    (spec.template.spec.initContainers ?? []).flatMap(({ env = [] }: Json, c: number) =>
      env.flatMap(({ name, value }: Json, i: number) =>
        name === 'FOUNDERS'
          ? [
              (o: Json) =>
                put(
                  o,
                  `${value},elasticsearch-9`,
                  'spec',
                  'template',
                  'spec',
                  'initContainers',
                  c,
                  'env',
                  i,
                  'value',
                ),
            ]
          : [],
      ),
    ),
  ),
  onObjects('changes the major version of PostgreSQL', ['StatefulSet'], ({ spec }) => {
    const { image } = spec.template.spec.containers[0];
    return /postgres:17/.test(image)
      ? ['16', '18'].map(
          (major) => (o: Json) =>
            put(
              o,
              image.replace('postgres:17', `postgres:${major}`),
              'spec',
              'template',
              'spec',
              'containers',
              0,
              'image',
            ),
        )
      : [];
  }),
  onObjects('makes an even number of nodes', ['StatefulSet'], ({ metadata }) =>
    metadata.name === 'elasticsearch' ? [(o) => put(o, 2, 'spec', 'replicas')] : [],
  ),
  onContainers('writes a secret into a variable', () => [
    (c) => {
      c.env = [...(c.env ?? []), { name: 'API_TOKEN', value: 'b7Kq0vX2mZt9' }];
      return 'env API_TOKEN';
    },
    (c) => {
      c.env = [...(c.env ?? []), { name: 'DATABASE', value: 'postgres://coped:b7Kq0vX2mZt9@postgres/coped' }];
      return 'env DATABASE with a password';
    },
  ]),
  onContainers('writes a secret into a command', () => [
    (c) => {
      c.args = [...(c.args ?? []), '--dsn=postgres://coped:b7Kq0vX2mZt9@postgres/coped'];
      return 'args with a password';
    },
  ]),
  onObjects('writes a secret into configuration', ['ConfigMap'], () => [
    (o) => put(o, 'b7Kq0vX2mZt9', 'data', 'PASSWORD'),
    (o) => put(o, '-----BEGIN PRIVATE KEY-----\nMIIE', 'data', 'key.pem'),
  ]),
  onObjects('writes a secret into an annotation', [], () => [
    (o) => put(o, 'postgres://coped:b7Kq0vX2mZt9@postgres/coped', 'metadata', 'annotations', 'note'),
    (o) =>
      put(
        o,
        Buffer.from('postgres://coped:b7Kq0vX2mZt9@postgres/coped').toString('base64'),
        'metadata',
        'annotations',
        'note',
      ),
  ]),
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
            stringData: { password: 'b7Kq0vX2mZt9' },
          },
        ],
      },
    ],
  },
];
