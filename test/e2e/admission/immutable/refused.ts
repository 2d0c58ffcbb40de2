import { type Case, refused } from './case';

const otherLabel = {
  'spec.selector.matchLabels.app': 'other',
  'spec.template.metadata.labels.app': 'other',
};
const templates = 'spec.volumeClaimTemplates';
const size = 'spec.resources.requests.storage';
const made = (name: string) => ({
  metadata: { name },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
});
const retry = {
  rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
};

/** Every line of the table of fixed fields, changed. */
export const allRefused: readonly Case[] = [
  ...refused('deployment', otherLabel, { 'spec.selector.matchLabels.tier': 'y' }),
  ...refused('daemonSet', otherLabel),
  ...refused('replicaSet', otherLabel),
  ...refused(
    'statefulSet',
    otherLabel,
    { 'spec.serviceName': 'other' },
    { 'spec.serviceName': undefined },
    { 'spec.podManagementPolicy': 'Parallel' },
    [`${templates}[data].${size}`, { [`${templates}.0.${size}`]: '2Gi' }],
    [`${templates}[log].${size}`, { [`${templates}.1.${size}`]: '1G' }],
    [`${templates}[data].spec.storageClassName`, { [`${templates}.0.spec.storageClassName`]: 'other' }],
    [`${templates}[log].spec.storageClassName`, { [`${templates}.1.spec.storageClassName`]: undefined }],
    [`${templates}[data].spec.accessModes[0]`, { [`${templates}.0.spec.accessModes.0`]: 'ReadWriteMany' }],
    [`${templates}[data].spec.volumeMode`, { [`${templates}.0.spec.volumeMode`]: 'Block' }],
    [`${templates}[data].metadata.labels.app`, { [`${templates}.0.metadata.labels.app`]: 'x' }],
    [`${templates}[data].metadata.annotations.note`, { [`${templates}.0.metadata.annotations.note`]: 'x' }],
    [`${templates}[log].metadata.name`, { [`${templates}.length`]: 1 }],
    [`${templates}[more].metadata.name`, { [`${templates}.2`]: made('more') }],
  ),
  // Only their order.
  ...refused('replicated', { [templates]: [made('second'), made('first')] }),
  ...refused(
    'job',
    ['spec.template.spec.containers[main].image', { 'spec.template.spec.containers.0.image': 'other' }],
    { 'spec.template.metadata.labels.tier': 'z' },
    { 'spec.template.spec.nodeSelector.disk': 'fast' },
    { 'spec.completions': 2 },
    { 'spec.completions': undefined },
    { 'spec.completionMode': 'Indexed' },
    { 'spec.selector.matchLabels.app': 'x' },
    { 'spec.managedBy': 'example.org/other' },
    ['spec.podFailurePolicy.rules[0].action', { 'spec.podFailurePolicy': retry }],
  ),
  ...refused('indexedJob', { 'spec.completions': 3 }, { 'spec.backoffLimitPerIndex': 2 }, [
    'spec.successPolicy.rules[0].succeededCount',
    { 'spec.successPolicy': { rules: [{ succeededCount: 1 }] } },
  ]),
  ...refused('pod', ['spec.containers[main].command[0]', { 'spec.containers.0.command': ['other'] }], {
    'spec.restartPolicy': 'Never',
  }),
  ...refused(
    'claim',
    { [size]: '1G' },
    { 'spec.storageClassName': 'other' },
    { 'spec.storageClassName': undefined },
    ['spec.accessModes[0]', { 'spec.accessModes': ['ReadWriteMany'] }],
    { 'spec.volumeMode': 'Block' },
    { 'spec.volumeName': 'other' },
    { 'spec.selector.matchLabels.app': 'x' },
    { 'spec.resources.limits.storage': '9Gi' },
    ['spec.dataSource.kind', { 'spec.dataSource': { kind: 'PersistentVolumeClaim', name: 'other' } }],
  ),
  ...refused('volume', { 'spec.hostPath.path': '/elsewhere' }, { 'spec.volumeMode': 'Block' }),
  ...refused(
    'storageClass',
    { provisioner: 'example.org/other' },
    { 'parameters.tier': 'fast' },
    { reclaimPolicy: 'Retain' },
    { volumeBindingMode: 'WaitForFirstConsumer' },
  ),
  ...refused('service', { 'spec.clusterIP': 'None' }, { 'spec.clusterIP': '10.96.99.99' }),
  ...refused('pinned', ['spec.ipFamilies', { 'spec.ipFamilies': ['IPv6'] }]),
  ...refused(
    'headless',
    { 'spec.clusterIP': '10.96.99.99' },
    ['spec.type', { 'spec.clusterIP': undefined, 'spec.type': 'NodePort' }],
    { 'spec.type': 'LoadBalancer' },
  ),
  ...refused(
    'balanced',
    { 'spec.loadBalancerClass': 'example.org/two' },
    { 'spec.loadBalancerClass': undefined },
  ),
  ...refused(
    'configMap',
    { 'data.key': 'other' },
    { 'data.new': 'key' },
    { 'binaryData.more': 'eQ==' },
    { immutable: false },
    { immutable: undefined },
  ),
  ...refused(
    'secret',
    ['data.key', { 'stringData.key': 'other' }],
    ['data.new', { 'stringData.new': 'key' }],
    { immutable: undefined },
  ),
  ...refused('openSecret', { type: 'example.org/other' }),
  ...refused('roleBinding', { 'roleRef.name': 'edit' }, { 'roleRef.kind': 'Role' }),
  ...refused('clusterRoleBinding', { 'roleRef.name': 'edit' }),
  ...refused('quota', ['spec.scopes[0]', { 'spec.scopes': ['BestEffort'] }]),
  ...refused('priorityClass', { value: 2 }, { preemptionPolicy: 'Never' }),
  ...refused('runtimeClass', { handler: 'other' }),
  ...refused('ingressClass', { 'spec.controller': 'example.org/other' }),
  ...refused(
    'definition',
    { 'spec.scope': 'Cluster' },
    { 'spec.group': 'other.example.org' },
    { 'spec.names.kind': 'Other' },
    { 'spec.names.plural': 'others' },
  ),
];
