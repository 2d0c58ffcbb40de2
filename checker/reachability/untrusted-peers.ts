import { type Named, NODE_ADDRESS } from './matrix';
import { isPod } from './peer';

/** They receive only: a metadata server calls nobody, and a kubelet may always probe the pods of its node. */
export const DESTINATIONS = ['kubelet', 'metadata-address'];

/** Everybody whom the policies must keep out although no flow mentions them, as examples. */
export function untrustedPeers(ours: readonly Named[], outsiders: readonly Named[]): Named[] {
  const pods = ours.filter(isPod);
  const nodes = outsiders.filter(({ name }) => name === 'node-port');
  // Somebody who looks around in our namespace, or runs beside the ingress controller or the DNS server.
  const neighbours = [...pods, ...outsiders.filter(isPod)]
    .filter(({ labels }) => Object.keys(labels).length > 0)
    .map((pod): Named => ({ ...pod, labels: {}, name: `another pod in ${pod.namespace}` }));
  return [
    // Another environment in the same cluster has the same labels: only its name differs. And anybody may call
    // a pod of his own like the ingress controller or the DNS server.
    ...[...pods, ...outsiders.filter(isPod)].map(
      (pod): Named => ({ ...pod, namespace: 'elsewhere', name: 'another-namespace' }),
    ),
    ...new Map(neighbours.map((pod) => [pod.name, pod])).values(),
    { name: 'internet', address: '203.0.113.7' },
    { name: 'internet', address: '2001:db8::7' },
    // Hand out the node's cloud credentials.
    { name: 'metadata-address', address: '169.254.169.254' },
    { name: 'metadata-address', address: 'fd00:ec2::254' },
    ...[...nodes, { address: NODE_ADDRESS }].map((node) => ({ ...node, name: 'kubelet' })),
  ];
}
