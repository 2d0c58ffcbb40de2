import { deletion } from '../../immutable/field';
import { nameOf } from '../../manifests/workloads';
import type { Section } from '../section';
import { count, wording } from '../wording';

/** What is no longer described, and therefore deleted. */
export const removed: Section = {
  title: 'Deleted',
  explanation: 'Earlier releases made these, and this one does not describe them any more.',
  entries: ({ pruned }) =>
    pruned.map((manifest) => ({ about: nameOf(manifest), what: REMOVED[manifest.kind] ?? 'is deleted' })),
};

const REMOVED: Readonly<Record<string, string>> = {
  CronJob: 'starts no more Jobs; those that run are deleted',
  Deployment: 'its pods are deleted',
  Ingress: 'routes no more requests',
  Job: 'has ended; its log goes with it',
  NetworkPolicy: 'allows nothing any more',
  StatefulSet: 'its pods are deleted; its claims stay, with their data',
};

/** What is no longer described, and stays in the cluster. */
export const orphaned: Section = {
  title: 'Left behind',
  explanation:
    'kubectl apply creates and changes, but never deletes: what is no longer described stays until you delete it.',
  entries: ({ difference, pruned }) =>
    difference.orphaned
      .filter((manifest) => !pruned.includes(manifest))
      .map((manifest) => ({
        about: nameOf(manifest),
        what: LEFT_BEHIND[manifest.kind] ?? 'stays as it is',
        danger: LOSES_DATA.includes(manifest.kind),
        command: deletion(manifest),
      })),
};

const LOSES_DATA = ['Namespace', 'PersistentVolumeClaim', 'StatefulSet'];

const LEFT_BEHIND: Readonly<Record<string, string>> = {
  CronJob: 'goes on starting Jobs',
  DaemonSet: 'goes on running its pods',
  Deployment: 'goes on running its pods',
  HorizontalPodAutoscaler: 'goes on scaling',
  Ingress: 'goes on routing requests to its Services',
  Job: 'has run long ago; a finished Job is harmless and keeps its log',
  Namespace: 'stays, with everything in it; deleting it deletes all of that, data and secrets included',
  NetworkPolicy: 'goes on allowing what it allows',
  PersistentVolumeClaim: 'keeps its data; deleting it deletes the data',
  StatefulSet: 'goes on running its pods; save its data before you delete it',
};

/** What is new in the cluster. */
export const created: Section = {
  title: 'Created',
  explanation: 'Objects that do not exist yet.',
  reference: true,
  entries: ({ difference }) =>
    difference.created.map((manifest) => ({
      about: nameOf(manifest),
      what: PURPOSE[manifest.kind] ?? 'is of a kind that only its own documentation explains',
    })),
};

/** What each kind is for, to readers who know Compose. */
const PURPOSE: Readonly<Record<string, string>> = {
  Certificate: 'requests a certificate from cert-manager, and its renewal',
  ClusterIssuer: 'signs certificates for the whole cluster',
  ClusterRole: 'defines permissions in the whole cluster',
  ClusterRoleBinding: 'grants permissions in the whole cluster',
  ConfigMap: 'holds configuration, as files or environment variables',
  CronJob: 'starts Jobs on a schedule, or by hand',
  DaemonSet: 'keeps one pod on every node',
  Deployment: 'keeps pods running, and replaces them when they change',
  ExternalSecret: 'fetches a Secret from an external store',
  HorizontalPodAutoscaler: 'adds and removes pods with the load',
  Ingress: 'routes requests from outside to Services',
  Issuer: 'signs certificates for this namespace',
  Job: 'runs once, to completion',
  LimitRange: 'sets defaults for containers without requests or limits',
  Namespace: 'holds everything else, and is deleted with everything in it',
  NetworkPolicy: 'restricts connections to and from certain pods',
  PersistentVolumeClaim: 'requests a disk',
  Pod: 'runs containers, and is not replaced when it fails',
  PodDisruptionBudget: 'limits how many pods maintenance may evict at once',
  ResourceQuota: 'limits what the whole namespace may use',
  Role: 'defines permissions in the namespace',
  RoleBinding: 'grants permissions in the namespace',
  Secret: 'holds passwords or keys',
  Service: 'gives pods a stable name and address',
  ServiceAccount: 'is the identity of pods in the cluster',
  StatefulSet: 'keeps pods running that have a name and a disk of their own',
};

/** Every object that is not what it was, with every place in it. */
export const changed: Section = {
  title: 'Changed',
  explanation: 'The same objects with other contents, field by field. The sections above say what it means.',
  reference: true,
  entries: ({ difference }) =>
    difference.changed.map(({ name, changes }) => ({
      about: name,
      what: `changes in ${count(changes.length, 'place')}`,
      details: changes.map((change) => `${change.path}: ${wording(change)}`),
    })),
};
