import type * as k8s from 'cdk8s-plus-27/lib/imports/k8s';
import type { Written } from '../../formats/written';
import { kindOf } from './kinds';
import type { Manifest } from './manifest';

/**
 * Something of the Kubernetes API as it is in YAML, which may be wrong: every field may be missing, and
 * amounts, ports and times are plain values.
 */
export type Loose<T> = Optional<Written<T>>;

type Optional<T> = [T] extends [Plain]
  ? T
  : Plain extends T
    ? T
    : T extends readonly (infer Item)[]
      ? readonly Optional<Item>[]
      : string extends keyof T
        ? { readonly [key: string]: Optional<T[keyof T]> }
        : { readonly [K in keyof T]?: Optional<T[K]> };

type Plain = string | number | boolean | undefined;

interface Kinds extends Foreign {
  ClusterRole: k8s.KubeClusterRoleProps;
  ClusterRoleBinding: k8s.KubeClusterRoleBindingProps;
  ConfigMap: k8s.KubeConfigMapProps;
  CronJob: k8s.KubeCronJobProps;
  DaemonSet: k8s.KubeDaemonSetProps;
  Deployment: k8s.KubeDeploymentProps;
  HorizontalPodAutoscaler: k8s.KubeHorizontalPodAutoscalerV2Props;
  Ingress: k8s.KubeIngressProps;
  Job: k8s.KubeJobProps;
  LimitRange: k8s.KubeLimitRangeProps;
  Namespace: k8s.KubeNamespaceProps;
  NetworkPolicy: k8s.KubeNetworkPolicyProps;
  PersistentVolumeClaim: k8s.KubePersistentVolumeClaimProps;
  Pod: k8s.KubePodProps;
  PodDisruptionBudget: k8s.KubePodDisruptionBudgetProps;
  ResourceQuota: k8s.KubeResourceQuotaProps;
  Role: k8s.KubeRoleProps;
  RoleBinding: k8s.KubeRoleBindingProps;
  Secret: k8s.KubeSecretProps;
  Service: k8s.KubeServiceProps;
  ServiceAccount: k8s.KubeServiceAccountProps;
  StatefulSet: k8s.KubeStatefulSetProps;
}

/** Kinds that others add to Kubernetes: the fields that are read here. */
interface Foreign {
  ExternalSecret: {
    spec: {
      data: { secretKey: string }[];
      dataFrom: object[];
      target: { name: string; template: object };
    };
  };
  SealedSecret: { spec: { encryptedData: Record<string, string> } };
  SecretProviderClass: {
    spec: { secretObjects: { secretName: string; data: { key: string }[] }[] };
  };
  Certificate: {
    spec: {
      secretName: string;
      dnsNames: string[];
      commonName: string;
      ipAddresses: string[];
      issuerRef: { name: string; kind: string };
      keystores: object;
      additionalOutputFormats: object[];
    };
  };
}

export type Kind = keyof Kinds;

/** An object of a kind. */
export type ObjectOf<K extends Kind> = { [Each in K]: Manifest & Omit<Loose<Kinds[Each]>, 'metadata'> }[K];

export type PodSpec = Omit<Loose<k8s.PodSpec>, 'containers' | 'initContainers'> & {
  readonly containers?: readonly ContainerSpec[];
  readonly initContainers?: readonly ContainerSpec[];
};
/** Sidecars came after the types. */
export type ContainerSpec = Loose<k8s.Container> & { readonly restartPolicy?: string };
export type Volume = Loose<k8s.Volume>;
export type Probe = Loose<k8s.Probe>;
export type ClaimSpec = Loose<k8s.PersistentVolumeClaimSpec>;
/** A rule of a NetworkPolicy, in either direction. */
export type PolicyRule = Loose<k8s.NetworkPolicyIngressRule & k8s.NetworkPolicyEgressRule>;
/** Of a Role. */
export type PermissionRule = Loose<k8s.PolicyRule>;
export type PolicyPeer = Loose<k8s.NetworkPolicyPeer>;
export type PolicyPort = Loose<k8s.NetworkPolicyPort>;

/** The spec of anything that makes pods: the fields of all kinds. */
export type WorkloadSpec = Loose<
  k8s.DeploymentSpec &
    Omit<k8s.StatefulSetSpec, 'template'> &
    Omit<k8s.CronJobSpec & k8s.JobSpec, 'template' | 'selector'>
>;

/** Any of them, or what may be one. */
export type WorkloadObject = Manifest & { readonly spec?: WorkloadSpec };

/** Whether an object is of this kind. */
export const isA = <K extends Kind>(manifest: Manifest, ...kinds: readonly K[]): manifest is ObjectOf<K> =>
  (kinds as readonly string[]).includes(kindOf(manifest));
