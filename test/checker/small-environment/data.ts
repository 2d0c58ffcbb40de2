import {
  budget,
  claim,
  container,
  dns,
  mount,
  object,
  pod,
  pods,
  policy,
  secretFile,
  selector,
  server,
  service,
  tcp,
} from './blocks';

export const postgres = () => [
  object('apps/v1', 'StatefulSet', 'postgres', {
    spec: {
      replicas: 1,
      serviceName: 'postgres',
      selector: { matchLabels: selector('postgres') },
      template: pods('postgres', [
        server('postgres', 5432, {
          args: ['-c', 'max_connections=10', '-c', 'shared_buffers=64MB'],
          volumeMounts: mount('data'),
        }),
      ]),
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim('10Gi') }],
    },
  }),
  service('postgres', 5432, 5432),
  policy(
    'postgres',
    [{ from: [pod('web'), pod('postgres-bootstrap'), pod('backup')], ports: tcp(5432) }],
    [],
  ),
  object('batch/v1', 'Job', 'postgres-bootstrap', {
    spec: {
      template: pods('postgres-bootstrap', [container('bootstrap', { volumeMounts: mount('secrets') })], {
        restartPolicy: 'Never',
        volumes: [secretFile('postgres-superuser')],
      }),
    },
  }),
  policy('postgres-bootstrap', [], [{ to: [pod('postgres')], ports: tcp(5432) }, dns]),
  object('v1', 'PersistentVolumeClaim', 'backup', { spec: claim('20Gi') }),
  object('batch/v1', 'CronJob', 'backup', {
    spec: {
      schedule: '0 3 * * *',
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        spec: {
          activeDeadlineSeconds: 3600,
          template: pods('backup', [container('backup', { volumeMounts: mount('backup') })], {
            restartPolicy: 'Never',
            volumes: [{ name: 'backup', persistentVolumeClaim: { claimName: 'backup' } }],
          }),
        },
      },
    },
  }),
  policy('backup', [], [{ to: [pod('postgres')], ports: tcp(5432) }, dns]),
];

export const elasticsearch = () => {
  const node = server('elasticsearch', 9200, {
    ports: [
      { name: 'main', containerPort: 9200 },
      { name: 'transport', containerPort: 9300 },
    ],
    volumeMounts: [...mount('data'), ...mount('certificates')],
  });
  delete node.livenessProbe;
  return [
    object('apps/v1', 'StatefulSet', 'elasticsearch', {
      spec: {
        replicas: 3,
        serviceName: 'elasticsearch',
        selector: { matchLabels: selector('elasticsearch') },
        template: pods('elasticsearch', [node], {
          volumes: [{ name: 'certificates', secret: { secretName: 'elasticsearch-tls' } }],
        }),
        volumeClaimTemplates: [
          { metadata: { name: 'data' }, spec: { ...claim('30Gi'), storageClassName: 'fast' } },
        ],
      },
    }),
    service('elasticsearch', 9200, 'main'),
    budget('elasticsearch'),
    object('cert-manager.io/v1', 'Certificate', 'elasticsearch', {
      spec: {
        secretName: 'elasticsearch-tls',
        dnsNames: ['elasticsearch'],
        issuerRef: { name: 'self-signed' },
      },
    }),
    object('cert-manager.io/v1', 'Issuer', 'self-signed', { spec: { selfSigned: {} } }),
    policy(
      'elasticsearch',
      [
        { from: [pod('web')], ports: tcp(9200) },
        { from: [pod('elasticsearch')], ports: tcp(9300) },
      ],
      [{ to: [pod('elasticsearch')], ports: tcp(9300) }, dns],
    ),
  ];
};
