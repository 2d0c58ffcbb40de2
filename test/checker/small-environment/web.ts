import {
  budget,
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

export const web = () => [
  object('v1', 'ConfigMap', 'web', {
    data: { LOG_LEVEL: 'info', SQL_HOST: 'postgres', SQL_PASSWORD_FILE: '/run/secrets/password' },
  }),
  object('apps/v1', 'Deployment', 'web', {
    spec: {
      selector: { matchLabels: selector('web') },
      template: pods(
        'web',
        [
          server('web', 8000, {
            envFrom: [{ configMapRef: { name: 'web' } }],
            env: [{ name: 'PORT', value: '8000' }],
            volumeMounts: mount('secrets'),
            lifecycle: { preStop: { exec: { command: ['sleep', '5'] } } },
          }),
        ],
        {
          initContainers: [container('wait')],
          volumes: [secretFile('postgres-application')],
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: selector('web') },
            },
          ],
        },
      ),
    },
  }),
  object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 2,
      maxReplicas: 4,
    },
  }),
  service('web', 80, 'main'),
  budget('web'),
  object('networking.k8s.io/v1', 'Ingress', 'coped', {
    spec: {
      ingressClassName: 'traefik',
      tls: [{ hosts: ['coped.example.org'], secretName: 'coped-tls' }],
      rules: [
        {
          host: 'coped.example.org',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: 'web', port: { name: 'main' } } },
              },
            ],
          },
        },
      ],
    },
  }),
  policy(
    'web',
    [
      {
        from: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'traefik' } },
            podSelector: { matchLabels: { 'app.kubernetes.io/name': 'traefik' } },
          },
        ],
        ports: tcp(8000),
      },
    ],
    [{ to: [pod('postgres')], ports: tcp(5432) }, { to: [pod('elasticsearch')], ports: tcp(9200) }, dns],
  ),
];
