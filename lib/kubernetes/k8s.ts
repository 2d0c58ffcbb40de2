import type * as types from 'cdk8s-plus-27/lib/imports/k8s';
import type { Written } from '../../formats/written';
import type { CertificateProps } from '../../imports/certificate-cert-manager.io';
import type { IssuerProps, IssuerSpec } from '../../imports/issuer-cert-manager.io';

/**
 * What may be said of an object, for each kind that components make. Only types come from cdk8s-plus: its classes would rename every
 * field of every object once more, after 2 MB of them were loaded.
 */
export interface Kinds {
  readonly Certificate: Written<CertificateProps>;
  readonly ConfigMap: Written<types.KubeConfigMapProps>;
  readonly CronJob: Written<types.KubeCronJobProps>;
  readonly Deployment: Written<types.KubeDeploymentProps>;
  readonly HorizontalPodAutoscaler: Written<types.KubeHorizontalPodAutoscalerV2Props>;
  readonly Ingress: Written<types.KubeIngressProps>;
  readonly Issuer: Written<Omit<IssuerProps, 'spec'> & { spec: Pick<IssuerSpec, 'ca' | 'selfSigned'> }>;
  readonly Job: Written<types.KubeJobProps>;
  readonly LimitRange: Written<types.KubeLimitRangeProps>;
  readonly Namespace: Written<types.KubeNamespaceProps>;
  readonly NetworkPolicy: Written<types.KubeNetworkPolicyProps>;
  readonly PersistentVolumeClaim: Written<types.KubePersistentVolumeClaimProps>;
  readonly PodDisruptionBudget: Written<types.KubePodDisruptionBudgetProps>;
  readonly ResourceQuota: Written<types.KubeResourceQuotaProps>;
  readonly Secret: Written<types.KubeSecretProps>;
  readonly Service: Written<types.KubeServiceProps>;
  readonly ServiceAccount: Written<types.KubeServiceAccountProps>;
  readonly StatefulSet: Written<types.KubeStatefulSetProps>;
}

export type Container = Written<types.Container>;
export type DeploymentStrategy = Written<types.DeploymentStrategy>;
export type EnvVar = Written<types.EnvVar>;
export type JobSpec = Written<types.JobSpec>;
export type NetworkPolicyPeer = Written<types.NetworkPolicyPeer>;
export type NetworkPolicyPort = Written<types.NetworkPolicyPort>;
export type ObjectMeta = Written<types.ObjectMeta>;
export type PersistentVolumeClaimSpec = Written<types.PersistentVolumeClaimSpec>;
export type PodFailurePolicy = Written<types.PodFailurePolicy>;
export type PodFailurePolicyRule = Written<types.PodFailurePolicyRule>;
export type PodTemplateSpec = Written<types.PodTemplateSpec>;
export type Probe = Written<types.Probe>;
export type Toleration = Written<types.Toleration>;
export type Volume = Written<types.Volume>;
export type VolumeMount = Written<types.VolumeMount>;
