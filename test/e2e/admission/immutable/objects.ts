import type { Json } from '../../../../checker/manifests/manifest';
import type { Manifest } from '../../../manifest';

// One object of each kind that has fixed fields. None of them makes a pod run or a volume exist.

export const NAMESPACE = 'coped-e2e-immutable';

const object = (apiVersion: string, kind: string, name: string, fields: Json): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, namespace: NAMESPACE },
  ...fields,
});

/** Belongs to the whole cluster, so the name says whose it is. */
const clusterWide = (apiVersion: string, kind: string, fields: Json): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: `coped-e2e-${kind.toLowerCase()}` },
  ...fields,
});

const selector = { matchLabels: { app: 'x' } };
const template = (more: Json = {}): Json => ({
  metadata: { labels: { app: 'x', tier: 'y' } },
  spec: {
    containers: [
      {
        name: 'main',
        image: 'example.org/nothing:1.0',
        ports: [{ containerPort: 80 }],
        readinessProbe: { tcpSocket: { port: 80 } },
        resources: { requests: { cpu: '100m', memory: '1Gi' } },
      },
    ],
    volumes: [
      { name: 'scratch', emptyDir: { sizeLimit: '1Gi' } },
      { name: 'files', configMap: { name: 'files' } },
    ],
    ...more,
  },
});
/** No scheduler has this name, so the pod stays where it is. */
const waiting = { schedulerName: 'none' };
const claim = (more: Json = {}): Json => ({
  accessModes: ['ReadWriteOnce'],
  resources: { requests: { storage: '1Gi' } },
  ...more,
});
const role = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };
const service = (name: string, spec: Json): Manifest =>
  object('v1', 'Service', name, { spec: { selector: { app: 'x' }, ports: [{ port: 80 }], ...spec } });
const job = (name: string, spec: Json): Manifest =>
  object('batch/v1', 'Job', name, {
    spec: { template: template({ restartPolicy: 'Never' }), ...spec },
  });

const CLASS = 'coped-e2e-storageclass';

/** What the others need to exist. */
export const surroundings: readonly Manifest[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
  // Kubernetes adds `default` some time later, and refuses pods until then.
  object('v1', 'ServiceAccount', 'x', { automountServiceAccountToken: false }),
];

export const objects = {
  deployment: object('apps/v1', 'Deployment', 'x', { spec: { replicas: 0, selector, template: template() } }),
  daemonSet: object('apps/v1', 'DaemonSet', 'x', {
    spec: { selector, template: template({ nodeSelector: { 'example.org/no': 'such-node' } }) },
  }),
  replicaSet: object('apps/v1', 'ReplicaSet', 'y', { spec: { replicas: 0, selector, template: template() } }),
  statefulSet: object('apps/v1', 'StatefulSet', 'x', {
    spec: {
      replicas: 0,
      serviceName: 'x',
      selector,
      template: template(),
      volumeClaimTemplates: [
        { metadata: { name: 'data' }, spec: claim() },
        { metadata: { name: 'log' }, spec: claim({ storageClassName: CLASS }) },
      ],
    },
  }),
  replicated: object('apps/v1', 'StatefulSet', 'y', {
    spec: {
      replicas: 0,
      selector,
      template: template(),
      volumeClaimTemplates: ['first', 'second'].map((name) => ({ metadata: { name }, spec: claim() })),
    },
  }),
  job: job('plain', { completions: 1, parallelism: 0 }),
  suspendedJob: job('suspended', { suspend: true }),
  indexedJob: job('indexed', {
    completionMode: 'Indexed',
    completions: 2,
    parallelism: 2,
    backoffLimitPerIndex: 1,
    suspend: true,
  }),
  cronJob: object('batch/v1', 'CronJob', 'x', {
    spec: {
      suspend: true,
      schedule: '0 0 1 1 *',
      jobTemplate: { spec: { template: template({ restartPolicy: 'Never' }) } },
    },
  }),
  pod: object('v1', 'Pod', 'x', { spec: template({ ...waiting, serviceAccountName: 'x' }).spec }),
  budget: object('policy/v1', 'PodDisruptionBudget', 'x', { spec: { maxUnavailable: 1, selector } }),

  // Kubernetes binds a claim to a volume that names it, without any disk behind.
  volume: clusterWide('v1', 'PersistentVolume', {
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: CLASS,
      claimRef: { namespace: NAMESPACE, name: 'x' },
      hostPath: { path: '/nowhere' },
    },
  }),
  claim: object('v1', 'PersistentVolumeClaim', 'x', { spec: claim({ storageClassName: CLASS }) }),
  storageClass: clusterWide('storage.k8s.io/v1', 'StorageClass', {
    provisioner: 'example.org/none',
    parameters: { tier: 'slow' },
    allowVolumeExpansion: true,
  }),

  service: service('plain', {}),
  pinned: service('pinned', { ipFamilies: ['IPv4'] }),
  headless: service('headless', { clusterIP: 'None' }),
  balanced: service('balanced', { type: 'LoadBalancer', loadBalancerClass: 'example.org/one' }),
  external: object('v1', 'Service', 'external', {
    spec: { type: 'ExternalName', externalName: 'example.org' },
  }),

  configMap: object('v1', 'ConfigMap', 'x', {
    immutable: true,
    data: { key: 'value' },
    binaryData: { more: 'eA==' },
  }),
  secret: object('v1', 'Secret', 'x', { immutable: true, stringData: { key: 'value' } }),
  openSecret: object('v1', 'Secret', 'y', { stringData: { key: 'value' } }),

  roleBinding: object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'x', { roleRef: role }),
  clusterRoleBinding: clusterWide('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', { roleRef: role }),
  quota: object('v1', 'ResourceQuota', 'x', { spec: { hard: { pods: '9' }, scopes: ['NotBestEffort'] } }),
  priorityClass: clusterWide('scheduling.k8s.io/v1', 'PriorityClass', {
    value: 1,
  }),
  runtimeClass: clusterWide('node.k8s.io/v1', 'RuntimeClass', { handler: 'none' }),
  ingressClass: clusterWide('networking.k8s.io/v1', 'IngressClass', {
    spec: { controller: 'example.org/none' },
  }),
  definition: {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.coped-e2e.example.org' },
    spec: {
      group: 'coped-e2e.example.org',
      scope: 'Namespaced',
      names: { kind: 'Thing', listKind: 'ThingList', plural: 'things', singular: 'thing' },
      versions: [
        { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } },
      ],
    },
  },
} satisfies Record<string, Manifest>;
