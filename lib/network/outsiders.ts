import { componentsIn } from '../components';
import { addressOf } from '../components/elasticsearch/external';
import { isExternal } from '../components/elsewhere';
import type { Environment } from '../environments/environment';
import type { PeerValue } from '../kubernetes/peers';
import { type Flow, flowsAmong, type Ports } from './flows';
import type { Outsider, Outsiders } from './policies';

/** A pod or an address, as examples of an outsider. */
export type Example = (
  | { readonly namespace: string; readonly labels: Readonly<Record<string, string>> }
  | { readonly address: string }
) & { readonly listens?: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' }[] };

type Cluster = Pick<Environment, 'application' | 'cluster' | 'ingress' | 'web'> &
  Partial<Pick<Environment, 'postgres' | 'elasticsearch'>>;

const DNS = 53;

/** Peers of an environment, by the names of the table of flows and of the application's calls. */
type Peers = Readonly<Record<string, readonly PeerValue[]>>;

/** What each outsider of the flow table is in this environment's cluster. */
const peersOf = ({ cluster, ingress, web, postgres, elasticsearch }: Cluster): Peers => ({
  'ingress-controller': [ingress.controller],
  dns: cluster.dns.map((peer) => ({ port: DNS, ...peer })),
  ...(web.nodePort && { 'node-port': [{ addresses: web.nodePort.clients }] }),
  ...(isExternal(postgres) && { postgres: [{ port: postgres.port, ...postgres.at }] }),
  ...(isExternal(elasticsearch) && {
    elasticsearch: [{ port: addressOf(elasticsearch.url).port, ...elasticsearch.at }],
  }),
  ...Object.fromEntries(Object.entries(cluster.peers).map(([name, peer]) => [name, [peer]])),
});

/** Ports of outsiders that we connect to. */
const portsOf = (cluster: Cluster): Ports =>
  Object.fromEntries(
    Object.entries(peersOf(cluster)).flatMap(([name, peers]) => {
      const ports = new Set(peers.flatMap(({ port = [] }) => port));
      return ports.size > 0 ? [[name, [...ports]]] : [];
    }),
  );

/** Who may talk to whom in an environment. */
export const flowsIn = (environment: Environment): readonly Flow[] =>
  flowsAmong(
    componentsIn(environment).map(({ name }) => name),
    portsOf(environment),
    environment.application.calls,
  );

/**
 * Everybody but private, shared, link-local and unique-local addresses: nodes, their metadata, and what else is near.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const INTERNET: readonly Outsider[] = [
  {
    peer: {
      ipBlock: {
        cidr: '0.0.0.0/0',
        except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
      },
    },
  },
  { peer: { ipBlock: { cidr: '::/0', except: ['fc00::/7', 'fe80::/10'] } } },
];
const ON_THE_INTERNET: readonly Example[] = [{ address: '203.0.113.7' }, { address: '2001:db8::7' }];

/** How policies name the flow table's outsiders. */
export const outsidersOf = (cluster: Cluster): Outsiders => ({
  internet: INTERNET,
  ...mapped(peersOf(cluster), ({ port, ...peer }): Outsider[] =>
    'addresses' in peer
      ? peer.addresses.map((cidr) => ({ peer: { ipBlock: { cidr } }, port }))
      : [{ peer: podsOf(peer), port }],
  ),
});

/** Both selectors in one peer: the label in that namespace. As two peers they would mean: either. */
const podsOf = ({ namespace, labels }: { namespace: string; labels: Record<string, string> }) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: { matchLabels: labels },
});

/** One example or more of each outsider, for checks that ask whether it gets through. */
export const exampleOutsiders = (cluster: Cluster): Readonly<Record<string, readonly Example[]>> => ({
  ...((cluster.application.calls ?? []).some(({ to }) => to === 'internet') && { internet: ON_THE_INTERNET }),
  ...mapped(peersOf(cluster), ({ port, ...peer }): Example[] => {
    const listens = port === undefined ? {} : { listens: PROTOCOLS.map((protocol) => ({ port, protocol })) };
    return 'addresses' in peer
      ? peer.addresses.map((cidr) => ({ address: cidr.replace(/\/.*/, ''), ...listens }))
      : [{ ...peer, ...listens }];
  }),
});

const PROTOCOLS = ['TCP', 'UDP'] as const;

const mapped = <T>(peers: Peers, each: (peer: PeerValue) => T[]): Record<string, T[]> =>
  Object.fromEntries(Object.entries(peers).map(([name, all]) => [name, all.flatMap(each)]));
