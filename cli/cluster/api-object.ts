import type { ClaimSpec, ContainerSpec, PodSpec, WorkloadSpec } from '../../checker/manifests/kubernetes';

/** An object of any kind as the API server answers it: the fields that are read here. What it may leave out is optional. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec?: Spec;
  readonly status?: Status;
  /** Of a Secret or ConfigMap. */
  readonly data?: Texts;
  readonly binaryData?: Texts;
  readonly type?: string;
  /** Of an Event. */
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string };
  readonly involvedObject?: { readonly kind?: string; readonly name?: string; readonly uid?: string };
  readonly eventTime?: string | null;
  readonly lastTimestamp?: string | null;
}

type Texts = Readonly<Record<string, string>>;

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly generation?: number;
  readonly resourceVersion?: string;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Texts;
  readonly annotations?: Texts;
  readonly ownerReferences?: readonly Owner[];
  readonly managedFields?: readonly ManagedFields[];
}

interface Owner extends Partial<Record<'apiVersion' | 'kind' | 'name' | 'uid', string>> {
  readonly controller?: boolean;
}

/** What one program has set of an object. */
export interface ManagedFields {
  readonly manager?: string;
  readonly operation?: string;
  readonly subresource?: string;
  readonly time?: string;
  readonly fieldsV1?: FieldSet;
}

/** `f:spec`, `k:{"name":"web"}`: the fields below it. */
export interface FieldSet {
  readonly [key: string]: FieldSet;
}

/** The fields of all kinds: workloads, pods, claims, nodes, autoscalers, leases. */
export type Spec = Omit<WorkloadSpec, 'template' | 'jobTemplate'> &
  PodSpec &
  Pick<ClaimSpec, 'resources'> & {
    readonly template?: PodTemplate;
    readonly jobTemplate?: {
      readonly metadata?: Partial<Metadata>;
      readonly spec?: Omit<WorkloadSpec, 'template' | 'jobTemplate'> & { readonly template?: PodTemplate };
    };
    readonly clusterIP?: string;
    readonly unschedulable?: boolean;
    readonly taints?: readonly { readonly key?: string; readonly value?: string; readonly effect?: string }[];
    readonly scaleTargetRef?: { readonly name?: string };
    readonly minReplicas?: number;
    readonly maxReplicas?: number;
    readonly holderIdentity?: string | null;
    readonly leaseDurationSeconds?: number;
    readonly acquireTime?: string;
    readonly renewTime?: string;
  };

/** As it stands in a workload; a pod is one, too. */
export interface PodTemplate {
  readonly metadata?: Partial<Metadata>;
  readonly spec?: PodSpec;
}

export interface Status {
  readonly phase?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly conditions?: readonly Condition[];
  /** Of a workload. */
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly readyReplicas?: number;
  readonly updatedReplicas?: number;
  readonly availableReplicas?: number;
  readonly currentReplicas?: number;
  readonly currentRevision?: string;
  readonly updateRevision?: string;
  /** Of a Job or CronJob. */
  readonly failed?: number;
  readonly completionTime?: string;
  readonly lastSuccessfulTime?: string;
  /** Of a pod. */
  readonly podIP?: string;
  readonly startTime?: string;
  readonly initContainerStatuses?: readonly ContainerStatus[];
  readonly containerStatuses?: readonly ContainerStatus[];
  /** Of a node. */
  readonly addresses?: readonly { readonly type?: string; readonly address?: string }[];
  readonly allocatable?: Texts;
  readonly images?: readonly { readonly names?: readonly string[] | null }[];
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

export interface ContainerStatus {
  readonly name: string;
  readonly image?: string;
  readonly ready?: boolean;
  readonly started?: boolean;
  readonly restartCount?: number;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

export interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly running?: { readonly startedAt?: string };
  readonly terminated?: Ended;
}

export interface Ended {
  readonly reason?: string;
  readonly message?: string;
  readonly exitCode?: number;
  readonly finishedAt?: string;
}

/** The pod template of a workload, also of a CronJob; empty where it has none. */
export const templateOf = ({ spec }: Pick<ApiObject, 'spec'>): PodTemplate =>
  spec?.jobTemplate?.spec?.template ?? spec?.template ?? {};

/** The first container of a pod, or of a template. */
export const mainOf = ({ spec }: PodTemplate): ContainerSpec => spec?.containers?.[0] ?? {};

/** For `sort`. */
export const oldestFirst = ({ metadata: a }: ApiObject, { metadata: b }: ApiObject): number =>
  (a.creationTimestamp ?? '') < (b.creationTimestamp ?? '') ? -1 : 1;
