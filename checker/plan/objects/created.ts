import { nameOf } from '../../manifests/workloads';
import type { Section } from '../section';

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
  Certificate: 'asks cert-manager for a certificate, and for its renewal',
  ClusterIssuer: 'signs certificates for the whole cluster',
  ClusterRole: 'lists rights in the whole cluster',
  ClusterRoleBinding: 'grants rights in the whole cluster',
  ConfigMap: 'holds configuration, as files or environment variables',
  CronJob: 'starts something at set times, or by hand',
  DaemonSet: 'keeps one pod on every node',
  Deployment: 'keeps pods running, and replaces them when they change',
  ExternalSecret: 'fetches a secret from where the university keeps them',
  HorizontalPodAutoscaler: 'adds and removes pods with the load',
  Ingress: 'leads requests from outside to Services',
  Issuer: 'signs certificates for this namespace',
  Job: 'runs once, to its end',
  LimitRange: 'sets defaults for containers without requests or limits',
  Namespace: 'holds everything else, and is deleted with everything in it',
  NetworkPolicy: 'restricts connections to and from certain pods',
  PersistentVolumeClaim: 'asks for a disk',
  Pod: 'runs containers, and is not replaced when it dies',
  PodDisruptionBudget: 'keeps maintenance from taking too many pods at once',
  ResourceQuota: 'limits what the whole namespace may take',
  Role: 'lists rights in the namespace',
  RoleBinding: 'grants rights in the namespace',
  Secret: 'holds passwords or keys',
  Service: 'gives pods a stable name and address',
  ServiceAccount: 'is who the pods are to the cluster',
  StatefulSet: 'keeps pods running that have a name and a disk of their own',
};
