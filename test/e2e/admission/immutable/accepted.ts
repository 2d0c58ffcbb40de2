import { accepted, type Case, refused } from './case';

const templates = 'spec.volumeClaimTemplates';
const pod = 'spec.template.spec';
const main = `${pod}.containers.0`;

/** What may change, and what only looks like a change: other words for one amount, and defaults written out. */
export const allAccepted: readonly Case[] = [
  ...accepted('deployment', { [`${main}.image`]: 'other', 'spec.template.metadata.labels.new': 'x' }),
  ...accepted('daemonSet', { [`${main}.image`]: 'other' }),
  ...accepted('replicaSet', { [`${main}.image`]: 'other' }),
  ...accepted(
    'statefulSet',
    { [`${main}.image`]: 'other', 'spec.minReadySeconds': 1, 'spec.revisionHistoryLimit': 1 },
    { 'spec.persistentVolumeClaimRetentionPolicy.whenDeleted': 'Delete' },
    {
      'spec.podManagementPolicy': 'OrderedReady',
      [`${templates}.0.spec.resources.requests.storage`]: '1024Mi',
    },
    {
      [`${templates}.0.apiVersion`]: 'v1',
      [`${templates}.0.kind`]: 'PersistentVolumeClaim',
      [`${templates}.0.spec.volumeMode`]: 'Filesystem',
      [`${templates}.0.status.phase`]: 'Pending',
      [`${templates}.0.metadata.labels`]: {},
    },
  ),
  ...accepted(
    'job',
    { 'spec.backoffLimit': 1, 'spec.ttlSecondsAfterFinished': 9, 'spec.activeDeadlineSeconds': 9 },
    { 'spec.suspend': true, 'spec.manualSelector': true, 'spec.completionMode': 'NonIndexed' },
    {
      [`${pod}.dnsPolicy`]: 'ClusterFirst',
      [`${pod}.schedulerName`]: 'default-scheduler',
      [`${pod}.terminationGracePeriodSeconds`]: 30,
      [`${pod}.securityContext`]: {},
      [`${pod}.initContainers`]: [],
      [`${pod}.nodeSelector`]: {},
      [`${pod}.volumes.0.emptyDir.sizeLimit`]: '1024Mi',
      [`${pod}.volumes.1.configMap.defaultMode`]: 420,
      [`${main}.ports.0.protocol`]: 'TCP',
      [`${main}.readinessProbe.failureThreshold`]: 3,
      [`${main}.readinessProbe.periodSeconds`]: 10,
      [`${main}.readinessProbe.successThreshold`]: 1,
      [`${main}.readinessProbe.timeoutSeconds`]: 1,
      [`${main}.resources.requests`]: { cpu: '0.1', memory: '1024Mi' },
      [`${main}.terminationMessagePath`]: '/dev/termination-log',
      [`${main}.terminationMessagePolicy`]: 'File',
    },
  ),
  ...accepted('suspendedJob', { [`${pod}.nodeSelector.disk`]: 'fast' }, { 'spec.completions': 1 }),
  ...accepted('indexedJob', { 'spec.completions': 3, 'spec.parallelism': 3 }),
  ...accepted('cronJob', {
    'spec.jobTemplate.spec.template.spec.containers.0.image': 'other',
    'spec.jobTemplate.spec.completions': 2,
  }),
  ...accepted('pod', {
    'spec.containers.0.image': 'other',
    'spec.activeDeadlineSeconds': 9,
    'spec.tolerations': [{ key: 'x', operator: 'Exists' }],
  }),
  ...accepted('budget', { 'spec.selector.matchLabels.app': 'other' }),
  // Growing needs a class that allows it, and a claim that is bound: that cannot be known here.
  ...accepted(
    'claim',
    { 'spec.resources.requests.storage': '2Gi' },
    { 'spec.volumeAttributesClassName': 'other' },
    { 'spec.resources.requests.storage': '1024Mi', 'spec.volumeMode': 'Filesystem' },
  ),
  ...accepted('volume', {
    'spec.capacity.storage': '2Gi',
    'spec.persistentVolumeReclaimPolicy': 'Delete',
    'spec.mountOptions': ['ro'],
  }),
  ...accepted(
    'storageClass',
    { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
    { allowVolumeExpansion: false, mountOptions: ['ro'] },
  ),
  ...accepted(
    'service',
    { 'spec.type': 'NodePort' },
    { 'spec.type': 'ExternalName', 'spec.externalName': 'example.org' },
    { 'spec.ports.0.port': 81, 'spec.selector.app': 'other' },
  ),
  ...accepted('pinned', { 'spec.ipFamilies': undefined }),
  ...accepted(
    'headless',
    { 'spec.publishNotReadyAddresses': true },
    { 'spec.clusterIP': undefined, 'spec.type': 'ExternalName', 'spec.externalName': 'example.org' },
  ),
  ...accepted('balanced', { 'spec.loadBalancerClass': undefined, 'spec.type': 'ClusterIP' }),
  ...accepted('external', { spec: { clusterIP: 'None', ports: [{ port: 80 }] } }),
  ...accepted('configMap', { 'metadata.labels.new': 'x' }),
  ...accepted('secret', { stringData: undefined, 'data.key': 'dmFsdWU=' }, { type: 'Opaque' }),
  ...accepted('openSecret', { immutable: true, 'stringData.key': 'other' }),
  ...accepted('roleBinding', { subjects: [{ kind: 'ServiceAccount', name: 'x', namespace: 'y' }] }),
  ...accepted('quota', { 'spec.hard.pods': '8' }),
  ...accepted('priorityClass', { description: 'Other.', preemptionPolicy: 'PreemptLowerPriority' }),
  ...accepted('ingressClass', { 'metadata.annotations.note': 'x' }),
  ...accepted('definition', { 'spec.names.shortNames': ['t'] }),
];

/** Accepted and without effect: `None` stays, so the rule finds it nevertheless. */
export const ignored: readonly Case[] = refused('headless', { 'spec.clusterIP': undefined });
