import type { Flow } from '../network/flows';
import {
  ANY_OTHER_PORT,
  type Connection,
  connections,
  describe,
  type Named,
  ourPods,
} from '../network/matrix';
import { isPod, Network, type Peer } from '../network/reachability';
import type { Finding } from './check';
import { rule } from './rule';

export const reachability = rule({
  id: 'reachability',
  what: 'Who can reach whom, computed from the emitted policies, is not the flow table.',
  why: 'The policies come from the same table, but this reads what was written, the way a network plug-in does, and tries strangers that no table mentions.',
  remedy: 'Change the policy, or the flow table with a reason.',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/',
  needs: ['flows', 'outsiders'],
  find: (subject) => {
    const network = new Network(subject.manifests);
    const ours = ourPods(subject.manifests);
    const outsiders = Object.entries(subject.outsiders).flatMap(([name, peers]) =>
      peers.map((peer): Named => [name, peer]),
    );
    const wanted = declared(subject.flows);
    const names = new Set(wanted.map(describe));
    const open = connections(network, ours, [...outsiders, ...strangers(ours, outsiders)]).filter(
      (connection) => !DESTINATIONS.includes(connection.from) && !names.has(describe(connection)),
    );
    return [
      ...wanted.flatMap((connection) => closed(connection, network, [...ours, ...outsiders])),
      ...tooOpen(open, new Set(ours.map(([name]) => name))),
    ];
  },
});

interface Declared extends Connection {
  readonly why: string;
}

const declared = (flows: readonly Flow[]): Declared[] =>
  flows.flatMap(({ from, to, port, protocols = ['TCP'], why }) =>
    from.flatMap((name) => protocols.map((protocol) => ({ from: name, to, port, protocol, why }))),
  );

/** Both ends must agree; the finding names the one that does not. Ends that are not here need nothing. */
function closed(connection: Declared, network: Network, peers: readonly Named[]): Finding[] {
  const { from, to, port, protocol, why } = connection;
  const named = (wanted: string) => peers.filter(([name]) => name === wanted).map(([, peer]) => peer);
  const pairs = named(from).flatMap((sender) => named(to).map((target): [Peer, Peer] => [sender, target]));
  const side = (field: string, component: string, verb: string, open: (s: Peer, t: Peer) => boolean) =>
    pairs.every(([sender, target]) => open(sender, target))
      ? []
      : [
          {
            where: `NetworkPolicy/${component} spec.${field}`,
            value: describe(connection),
            wrong: `is closed, but the flow table has it: ${why}`,
            remedy: `Let the policy of ${component} ${verb} it`,
          },
        ];
  return [
    ...side('egress', from, 'send', (s, t) => network.sends(s, t, port, protocol)),
    ...side('ingress', to, 'receive', (s, t) => network.receives(s, t, port, protocol)),
  ];
}

/** They receive only: a metadata server calls nobody, and a kubelet may always probe the pods of its node. */
const DESTINATIONS = ['kubelet', 'metadata-address'];

/** Everybody whom the policies must keep out although no flow mentions them. */
function strangers(ours: ReturnType<typeof ourPods>, outsiders: readonly Named[]): Named[] {
  const nodes = outsiders.filter(([name]) => name === 'node-port').map(([, peer]) => peer);
  return [
    // Another environment in the same cluster has the same labels: only its name differs.
    ...ours.map(([, pod]): Named => ['another-namespace', { ...pod, namespace: 'elsewhere' }]),
    // Whoever runs beside the ingress controller or the DNS server is neither.
    ...outsiders
      .map(([, peer]) => peer)
      .filter(isPod)
      .filter(({ labels }) => Object.keys(labels).length > 0)
      .map((pod): Named => [`another pod in ${pod.namespace}`, { ...pod, labels: {} }]),
    ['internet', { address: '203.0.113.7' }],
    ['internet', { address: '2001:db8::7' }],
    // Hands out the node's cloud credentials.
    ['metadata-address', { address: '169.254.169.254' }],
    ...[...nodes, { address: '192.168.0.10' }].map((node): Named => ['kubelet', node]),
  ];
}

/** One finding for each pair of names, however many ports are open between them. */
function tooOpen(open: readonly Connection[], ours: ReadonlySet<string>): Finding[] {
  const pairs = new Map<string, Connection[]>();
  for (const connection of open) {
    const pair = `${connection.from} -> ${connection.to}`;
    pairs.set(pair, [...(pairs.get(pair) ?? []), connection]);
  }
  return [...pairs].map(([pair, all]) => ({
    where: `NetworkPolicy/${ours.has(all[0]?.to ?? '') ? all[0]?.to : all[0]?.from}`,
    value: all.some(({ port }) => port === ANY_OTHER_PORT)
      ? `${pair}, every port`
      : `${pair}:${all.map(({ port, protocol }) => `${port}/${protocol}`).join(', ')}`,
    wrong: 'is open, but not in the flow table',
    remedy: 'Close it, or add a line with its reason to lib/network/flows.ts',
  }));
}
