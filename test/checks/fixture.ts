import type { Check, Manifest, Subject } from '../../lib/checks/check';
import type { Json } from '../../lib/checks/workloads';
import { flows } from '../../lib/network/flows';

// A small environment that breaks no rule. Each test breaks one thing in it.

const NAMESPACE = 'coped-test';
const selector = (component: string) => ({
  'app.kubernetes.io/component': component,
  'app.kubernetes.io/part-of': 'coped',
});

const object = (apiVersion: string, kind: string, name: string, fields: Json): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, namespace: kind === 'Namespace' ? undefined : NAMESPACE, labels: fields.labels },
  ...fields,
});

const container = (name: string, more: Json = {}): Json => ({
  name,
  image: `docker.io/coped/${name}:1.4.0`,
  imagePullPolicy: 'IfNotPresent',
  resources: {
    requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
    limits: { memory: '256Mi', 'ephemeral-storage': '256Mi' },
  },
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
  },
  ...more,
});

const server = (name: string, port: number, more: Json = {}): Json => {
  const probe = { tcpSocket: { port: 'main' }, periodSeconds: 5, failureThreshold: 12 };
  return container(name, {
    ports: [{ name: 'main', containerPort: port }],
    startupProbe: probe,
    readinessProbe: probe,
    livenessProbe: probe,
    ...more,
  });
};

const pods = (component: string, containers: Json[], more: Json = {}): Json => ({
  metadata: { labels: { ...selector(component), 'app.kubernetes.io/version': '1.4.0' } },
  spec: {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    serviceAccountName: component,
    terminationGracePeriodSeconds: 30,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers,
    ...more,
  },
});

const secretFile = (secret: string) => ({
  name: 'secrets',
  projected: { sources: [{ secret: { name: secret, items: [{ key: 'password', path: 'password' }] } }] },
});
const mount = (name: string) => [{ name, mountPath: `/run/${name}` }];

const service = (component: string, port: number, targetPort: Json) =>
  object('v1', 'Service', component, {
    spec: { selector: selector(component), ports: [{ name: 'main', port, targetPort }] },
  });

const budget = (component: string) =>
  object('policy/v1', 'PodDisruptionBudget', component, {
    spec: { maxUnavailable: 1, selector: { matchLabels: selector(component) } },
  });

const claim = (storage: string) => ({
  accessModes: ['ReadWriteOnce'],
  resources: { requests: { storage } },
});

const pod = (component: string) => ({ podSelector: { matchLabels: selector(component) } });
const tcp = (port: number) => [{ port, protocol: 'TCP' }];
const dns = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};
const policy = (component: string, ingress: Json[], egress: Json[]) =>
  object('networking.k8s.io/v1', 'NetworkPolicy', component, {
    spec: { ...pod(component), policyTypes: ['Ingress', 'Egress'], ingress, egress },
  });

const web = () => [
  object('v1', 'ConfigMap', 'web', {
    data: { LOG_LEVEL: 'info', SQL_PASSWORD_FILE: '/run/secrets/password' },
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

const postgres = () => [
  object('apps/v1', 'StatefulSet', 'postgres', {
    spec: {
      replicas: 1,
      serviceName: 'postgres',
      selector: { matchLabels: selector('postgres') },
      template: pods('postgres', [server('postgres', 5432, { volumeMounts: mount('data') })]),
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
        volumes: [secretFile('postgres-superuser')],
      }),
    },
  }),
  policy('postgres-bootstrap', [], [{ to: [pod('postgres')], ports: tcp(5432) }, dns]),
  object('v1', 'PersistentVolumeClaim', 'backup', { spec: claim('20Gi') }),
  object('batch/v1', 'CronJob', 'backup', {
    spec: {
      schedule: '0 3 * * *',
      jobTemplate: {
        spec: {
          template: pods('backup', [container('backup', { volumeMounts: mount('backup') })], {
            volumes: [{ name: 'backup', persistentVolumeClaim: { claimName: 'backup' } }],
          }),
        },
      },
    },
  }),
  policy('backup', [], [{ to: [pod('postgres')], ports: tcp(5432) }, dns]),
];

const elasticsearch = () => {
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
      spec: { secretName: 'elasticsearch-tls', issuerRef: { name: 'self-signed' } },
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

const accounts = () =>
  ['web', 'postgres', 'postgres-bootstrap', 'backup', 'elasticsearch'].map((name) =>
    object('v1', 'ServiceAccount', name, { automountServiceAccountToken: false }),
  );

const foundation = () => [
  object('v1', 'Namespace', NAMESPACE, { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } }),
  object('v1', 'ResourceQuota', 'quota', {
    spec: {
      hard: { pods: '11', 'requests.cpu': '1100m', 'limits.memory': '2816Mi', 'requests.storage': '120Gi' },
    },
  }),
  object('v1', 'LimitRange', 'limits', {
    spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '50m' }, max: { memory: '1Gi' } }] },
  }),
  object('networking.k8s.io/v1', 'NetworkPolicy', 'default-deny', {
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  }),
];

/** An environment without problems, as new objects each time: tests change them. */
export const good = (): Subject => ({
  environment: 'test',
  manifests: [...foundation(), ...accounts(), ...postgres(), ...elasticsearch(), ...web()],
  committed: [],
  externalSecrets: {
    'postgres-application': ['password'],
    'postgres-superuser': ['password'],
    'coped-tls': ['tls.crt', 'tls.key'],
  },
  flows,
  outsiders: {
    dns: [{ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }],
    'ingress-controller': [{ namespace: 'traefik', labels: { 'app.kubernetes.io/name': 'traefik' } }],
  },
  budget: { cpu: '700m', memory: '1Gi' },
  fakeSecrets: false,
});

/** The good environment after a change to one object, e.g. `Deployment/web`. */
export function broken(name: string, change: (object: Json) => void): Subject {
  const subject = good();
  change(subject.manifests.find(({ kind, metadata }) => `${kind}/${metadata.name}` === name));
  return subject;
}

/** The good environment with some more objects. */
export const withMore = (
  ...more: [apiVersion: string, kind: string, name: string, fields: Json][]
): Subject => {
  const subject = good();
  return { ...subject, manifests: [...subject.manifests, ...more.map((args) => object(...args))] };
};

/** The good environment without the objects of this name. */
export const without = (name: string): Subject => {
  const subject = good();
  const manifests = subject.manifests.filter(({ kind, metadata }) => `${kind}/${metadata.name}` !== name);
  return { ...subject, manifests };
};

/** What a check finds, without the remedies: [where, value, rule]. */
export const found = (check: Check, subject: Subject): [string, unknown, string][] =>
  check(subject).map(({ where, value, rule }) => [where, value, rule]);

/** The first container of a workload. */
export const main = (workload: Json): Json =>
  (workload.spec.template ?? workload.spec.jobTemplate.spec.template).spec.containers[0];

/** Its path in findings. */
export const MAIN = 'Deployment/web spec.template.spec.containers[web]';
