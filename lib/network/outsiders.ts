import type { Environment } from '../environments/environment';
import type { Outsiders } from './policies';

/** What the flow table's outsiders are in this environment's cluster. */
export const outsidersOf = ({ ingress, web }: Pick<Environment, 'ingress' | 'web'>): Outsiders => ({
  'ingress-controller': [podsOf(ingress.controller.namespace, ingress.controller.labels)],
  // Every cluster that kubeadm, kind or minikube makes labels its DNS like this, CoreDNS included.
  dns: [podsOf('kube-system', { 'k8s-app': 'kube-dns' })],
  'node-port': web.nodePort?.clients.map((cidr) => ({ ipBlock: { cidr } })),
});

/** Both selectors in one peer: the label in that namespace. As two peers they would mean: either. */
const podsOf = (namespace: string, matchLabels: Record<string, string>) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: { matchLabels },
});
