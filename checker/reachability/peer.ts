import type { LabelSelector, Labels } from '../manifests/label-selector';
import { once } from '../manifests/workloads';

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

export interface Port {
  readonly port: number;
  readonly protocol: Protocol;
}

/** A port that a container declares. */
export interface ListeningPort extends Port {
  readonly name?: string;
}

/** One end of a connection. */
export type Peer = PodPeer | AddressPeer;

export interface PodPeer {
  readonly namespace: string;
  /** The label `kubernetes.io/metadata.name` is added: every namespace has it. */
  readonly namespaceLabels?: Labels;
  readonly labels: Labels;
  /** @default 10.244.0.7, in the pod network of kind and kubeadm */
  readonly address?: string;
  /** Policies look up named ports here. */
  readonly listens?: readonly ListeningPort[];
}

/** What is no pod to a policy: a node, a pod in the network of its node, the internet. */
export interface AddressPeer {
  readonly address: string;
  readonly listens?: readonly ListeningPort[];
}

export const isPod = <P extends Peer>(peer: P): peer is P & PodPeer => 'namespace' in peer;

const POD_ADDRESS = '10.244.0.7';
export const addressOf = ({ address = POD_ADDRESS }: Peer): string => address;

/** No label's key holds a colon: a pod's labels and those of its namespace fit into one list. */
const OF_NAMESPACE = 'namespace:';
const NAME = 'kubernetes.io/metadata.name';
const NONE: Labels = {};

/** All labels by which a policy may select a pod. */
export const labelsOf = ({ labels, namespace, namespaceLabels = NONE }: PodPeer): Labels => ({
  ...labels,
  ...ofNamespace(namespaceLabels),
  [OF_NAMESPACE + NAME]: namespace,
});

/** Both selectors as one over `labelsOf`: a peer with two selectors means the pods that both select. */
export const both = (namespaces: LabelSelector, pods: LabelSelector): LabelSelector => ({
  matchLabels: { ...pods.matchLabels, ...ofNamespace(namespaces.matchLabels ?? {}) },
  matchExpressions: [
    ...(pods.matchExpressions ?? []),
    ...(namespaces.matchExpressions ?? []).map((one) => ({ ...one, key: OF_NAMESPACE + one.key })),
  ],
});

export const named = (namespace: string): LabelSelector => ({
  matchLabels: { [NAME]: namespace },
});

/** Many pods are of one namespace. */
const ofNamespace = once(
  (labels: Labels): Labels =>
    Object.fromEntries(Object.entries(labels).map(([key, value]) => [OF_NAMESPACE + key, value])),
);
