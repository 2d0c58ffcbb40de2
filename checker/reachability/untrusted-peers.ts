import { type Named, NODE_ADDRESS } from './matrix';
import { isPod } from './peer';

/** They receive only: a metadata server opens no connection, and a kubelet may always probe the pods of its node. */
export const DESTINATIONS = ['kubelet', 'metadata-address'];

/** Examples of all that the policies must keep out although no flow mentions it. */
export function untrustedPeers(ours: readonly Named[], outsiders: readonly Named[]): Named[] {
  const pods = ours.filter(isPod);
  const nodes = outsiders.filter(({ name }) => name === 'node-port');
  const isKnown = ({ address }: { address: string }) =>
    outsiders.some((one) => 'address' in one && one.address === address);
  // An intruder in our namespace, or beside the ingress controller or the DNS server.
  const neighbours = [...pods, ...outsiders.filter(isPod)]
    .filter(({ labels }) => Object.keys(labels).length > 0)
    .map((pod): Named => ({ ...pod, labels: {}, name: `another pod in ${pod.namespace}` }));
  return [
    // Another environment in the same cluster has the same labels: only its name differs. And anyone may call
    // a pod of his own like the ingress controller or the DNS server.
    ...[...pods, ...outsiders.filter(isPod)].map(
      (pod): Named => ({ ...pod, namespace: 'elsewhere', name: 'another-namespace' }),
    ),
    ...new Map(neighbours.map((pod) => [pod.name, pod])).values(),
    ...[
      { name: 'internet', address: '203.0.113.7' },
      { name: 'internet', address: '2001:db8::7' },
      // Hand out the node's cloud credentials.
      { name: 'metadata-address', address: '169.254.169.254' },
      { name: 'metadata-address', address: 'fd00:ec2::254' },
      { name: 'kubelet', address: NODE_ADDRESS },
      // The examples may be someone's own address: a server that is elsewhere.
    ].filter((one) => !isKnown(one)),
    ...nodes.map((node) => ({ ...node, name: 'kubelet' })),
  ];
}
