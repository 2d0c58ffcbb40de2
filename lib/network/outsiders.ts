import type { Environment } from '../environments/environment';
import type { OutsiderName } from './flows';
import type { Outsiders } from './policies';

/** A pod or an address, as examples of an outsider. */
export type Example =
  | { readonly namespace: string; readonly labels: Readonly<Record<string, string>> }
  | { readonly address: string };

type Cluster = Pick<Environment, 'ingress' | 'web'>;

/** Every cluster that kubeadm, kind or minikube makes labels its DNS like this, CoreDNS included. */
export const clusterDns = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };

/** How policies name the flow table's outsiders in this environment's cluster. */
export const outsidersOf = ({ ingress, web }: Cluster): Outsiders => ({
  'ingress-controller': [podsOf(ingress.controller)],
  dns: [podsOf(clusterDns)],
  'node-port': web.nodePort?.clients.map((cidr) => ({ ipBlock: { cidr } })),
});

/** Both selectors in one peer: the label in that namespace. As two peers they would mean: either. */
const podsOf = ({ namespace, labels }: { namespace: string; labels: Record<string, string> }) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: { matchLabels: labels },
});

/** One example or more of each outsider, for checks that ask whether it gets through. */
export const exampleOutsiders = ({ ingress, web }: Cluster): Partial<Record<OutsiderName, Example[]>> => ({
  'ingress-controller': [ingress.controller],
  dns: [clusterDns],
  'node-port': web.nodePort?.clients.map((cidr) => ({ address: cidr.replace(/\/.*/, '') })) ?? [],
});
