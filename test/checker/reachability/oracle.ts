import type { Json } from '../../../checker/manifests/manifest';
import type { Peer, PodPeer, Port } from '../../../checker/reachability/peer';
import type { Manifest } from '../../manifest';
import { RANGES } from './arbitrary';

// The same semantics a second time: slow, on the raw objects, sharing no code with lib/. Where the two differ, one is wrong.

type Labels = Readonly<Record<string, string>>;

/** Whether the policies allow a connection, by the definition, word for word. */
export const oracle = (policies: readonly Manifest[], from: Peer, to: Peer, port: Port): boolean =>
  side(policies, 'Egress', from, to, to, port) && side(policies, 'Ingress', to, from, to, port);

function side(
  policies: readonly Manifest[],
  type: string,
  own: Peer,
  other: Peer,
  to: Peer,
  port: Port,
): boolean {
  if (!('namespace' in own)) return true;
  let isolated = false;
  for (const { metadata, spec } of policies) {
    if (metadata.namespace !== own.namespace) continue;
    if (!holds(spec.podSelector, own.labels)) continue;
    if (!typesOf(spec).includes(type)) continue;
    isolated = true;
    for (const rule of spec[type.toLowerCase()] ?? []) {
      const peers = (type === 'Ingress' ? rule.from : rule.to) ?? [];
      const ports = rule.ports ?? [];
      const isPeer =
        peers.length === 0 || peers.some((peer: Json) => isMeant(peer, other, metadata.namespace));
      const isPort = ports.length === 0 || ports.some((given: Json) => isOpen(given, port, to));
      if (isPeer && isPort) return true;
    }
  }
  return !isolated;
}

function typesOf({ policyTypes = [], egress = [] }: Json): string[] {
  if (policyTypes.length > 0) return policyTypes;
  return egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

function isMeant(peer: Json, other: Peer, namespace: string | undefined): boolean {
  if (peer.ipBlock) {
    const { cidr, except = [] } = peer.ipBlock;
    const address = other.address ?? '10.244.0.7';
    return (
      Boolean(RANGES[cidr]?.includes(address)) &&
      !except.some((hole: string) => RANGES[hole]?.includes(address))
    );
  }
  if (!('namespace' in other)) return false;
  if (peer.namespaceSelector === undefined && other.namespace !== namespace) return false;
  return (
    holds(peer.namespaceSelector ?? {}, labelsOfNamespace(other)) &&
    holds(peer.podSelector ?? {}, other.labels)
  );
}

const labelsOfNamespace = ({ namespace, namespaceLabels }: PodPeer): Labels => ({
  'kubernetes.io/metadata.name': namespace,
  ...namespaceLabels,
});

function holds({ matchLabels = {}, matchExpressions = [] }: Json, labels: Labels): boolean {
  const demands = [
    ...Object.keys(matchLabels).map((key) => ({ key, operator: 'In', values: [matchLabels[key]] })),
    ...matchExpressions,
  ];
  return demands.every(({ key, operator, values = [] }) => {
    const has = key in labels;
    switch (operator) {
      case 'In':
        return has && values.indexOf(labels[key]) >= 0;
      case 'NotIn':
        return !(has && values.indexOf(labels[key]) >= 0);
      case 'Exists':
        return has;
      default:
        return !has;
    }
  });
}

function isOpen(given: Json, { port, protocol }: Port, to: Peer): boolean {
  if ((given.protocol || 'TCP') !== protocol) return false;
  if (!('port' in given)) return true;
  if (typeof given.port === 'string') {
    const named =
      'namespace' in to
        ? (to.listens ?? []).find((l) => l.name === given.port && l.protocol === protocol)
        : undefined;
    return named?.port === port;
  }
  return given.endPort ? given.port <= port && port <= given.endPort : given.port === port;
}
