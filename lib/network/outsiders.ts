import type { Environment } from '../environments/environment';
import type { PeerValue } from '../kubernetes/peers';
import type { OutsiderName } from './flows';
import type { Outsider, Outsiders } from './policies';

/** A pod or an address, as examples of an outsider. */
export type Example = (
  | { readonly namespace: string; readonly labels: Readonly<Record<string, string>> }
  | { readonly address: string }
) & { readonly listens?: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' }[] };

type Cluster = Pick<Environment, 'cluster' | 'ingress' | 'web'>;

const DNS = 53;

/** What each outsider of the flow table is in this environment's cluster. */
const peersOf = ({
  cluster,
  ingress,
  web,
}: Cluster): Partial<Record<OutsiderName, readonly PeerValue[]>> => ({
  'ingress-controller': [ingress.controller],
  dns: cluster.dns.map((peer) => ({ port: DNS, ...peer })),
  ...(web.nodePort && { 'node-port': [{ addresses: web.nodePort.clients }] }),
});

/** Ports of outsiders that we connect to. */
export const portsOf = ({
  cluster,
}: Pick<Cluster, 'cluster'>): Partial<Record<OutsiderName, readonly number[]>> => ({
  dns: [...new Set(cluster.dns.map(({ port = DNS }) => port))],
});

/** How policies name the flow table's outsiders. */
export const outsidersOf = (cluster: Cluster): Outsiders =>
  mapped(peersOf(cluster), ({ port, ...peer }): Outsider[] =>
    'addresses' in peer
      ? peer.addresses.map((cidr) => ({ peer: { ipBlock: { cidr } }, port }))
      : [{ peer: podsOf(peer), port }],
  );

/** Both selectors in one peer: the label in that namespace. As two peers they would mean: either. */
const podsOf = ({ namespace, labels }: { namespace: string; labels: Record<string, string> }) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: { matchLabels: labels },
});

/** One example or more of each outsider, for checks that ask whether it gets through. */
export const exampleOutsiders = (cluster: Cluster): Partial<Record<OutsiderName, Example[]>> =>
  mapped(peersOf(cluster), ({ port, ...peer }): Example[] => {
    const listens = port === undefined ? {} : { listens: PROTOCOLS.map((protocol) => ({ port, protocol })) };
    return 'addresses' in peer
      ? peer.addresses.map((cidr) => ({ address: cidr.replace(/\/.*/, ''), ...listens }))
      : [{ ...peer, ...listens }];
  });

const PROTOCOLS = ['TCP', 'UDP'] as const;

const mapped = <T>(
  peers: Partial<Record<OutsiderName, readonly PeerValue[]>>,
  each: (peer: PeerValue) => T[],
): Partial<Record<OutsiderName, T[]>> =>
  Object.fromEntries(Object.entries(peers).map(([name, all]) => [name, all.flatMap(each)]));
