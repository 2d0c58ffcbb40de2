import type { ObjectOf, PolicyPeer, PolicyPort } from '../../../checker/manifests/kubernetes';
import type { LabelSelector, Labels } from '../../../checker/manifests/label-selector';
import type { Peer, PodPeer, Port } from '../../../checker/reachability/peer';
import { RANGES } from './arbitrary';

// The same semantics a second time: slow, on the raw objects, sharing no code with checker/. Where the two differ, one is
// wrong.

type Policy = ObjectOf<'NetworkPolicy'>;

/** Whether the sender's policies let a connection out, by the definition, word for word. */
export const sends = (policies: readonly Policy[], from: Peer, to: Peer, port: Port): boolean =>
  side(policies, 'Egress', from, to, to, port);

/** Whether the receiver's policies let it in. */
export const receives = (policies: readonly Policy[], from: Peer, to: Peer, port: Port): boolean =>
  side(policies, 'Ingress', to, from, to, port);

function side(
  policies: readonly Policy[],
  type: 'Ingress' | 'Egress',
  own: Peer,
  other: Peer,
  to: Peer,
  port: Port,
): boolean {
  if (!('namespace' in own)) return true;
  let isolated = false;
  for (const { metadata, spec = {} } of policies) {
    if (metadata.namespace !== own.namespace) continue;
    if (!holds(spec.podSelector, own.labels)) continue;
    if (!spec.policyTypes?.includes(type)) continue;
    isolated = true;
    const rules = type === 'Ingress' ? spec.ingress : spec.egress;
    for (const rule of rules ?? []) {
      const peers = ('from' in rule ? rule.from : 'to' in rule ? rule.to : undefined) ?? [];
      const ports = rule.ports ?? [];
      const isPeer = peers.length === 0 || peers.some((peer) => isMeant(peer, other, metadata.namespace));
      const isPort = ports.length === 0 || ports.some((given) => isOpen(given, port, to));
      if (isPeer && isPort) return true;
    }
  }
  return !isolated;
}

function isMeant(peer: PolicyPeer, other: Peer, namespace: string | undefined): boolean {
  if (peer.ipBlock) {
    const { cidr = '', except = [] } = peer.ipBlock;
    const address = other.address ?? '10.244.0.7';
    const isIn = (range: string) => RANGES[range]?.includes(address) === true;
    return isIn(cidr) && !except.some(isIn);
  }
  if (!('namespace' in other)) return false;
  if (peer.namespaceSelector === undefined && other.namespace !== namespace) return false;
  return holds(peer.namespaceSelector, labelsOfNamespace(other)) && holds(peer.podSelector, other.labels);
}

const labelsOfNamespace = ({ namespace, namespaceLabels }: PodPeer): Labels => ({
  'kubernetes.io/metadata.name': namespace,
  ...namespaceLabels,
});

function holds({ matchLabels = {}, matchExpressions = [] }: LabelSelector = {}, labels: Labels): boolean {
  const demands = [
    ...Object.entries(matchLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
    ...matchExpressions,
  ];
  return demands.every(({ key = '', operator, values = [] }) => {
    const has = key in labels;
    const isOneOf = has && values.indexOf(labels[key] ?? '') >= 0;
    switch (operator) {
      case 'In':
        return isOneOf;
      case 'NotIn':
        return !isOneOf;
      case 'Exists':
        return has;
      default:
        return !has;
    }
  });
}

function isOpen(given: PolicyPort, { port, protocol }: Port, to: Peer): boolean {
  if ((given.protocol || 'TCP') !== protocol) return false;
  if (given.port === undefined) return true;
  if (typeof given.port === 'string') {
    const listens = 'namespace' in to ? (to.listens ?? []) : [];
    return listens.find((l) => l.name === given.port && l.protocol === protocol)?.port === port;
  }
  return given.endPort ? given.port <= port && port <= given.endPort : given.port === port;
}
