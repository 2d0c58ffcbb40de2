import { grouped } from '../checker/manifests/grouped';
import {
  type Connection,
  connections,
  describe,
  type HalfOpen,
  halfOpen,
  type Named,
  namedPeers,
  ourPods,
} from '../checker/reachability/matrix';
import { ANY_OTHER_PORT, Network } from '../checker/reachability/reachability';
import { DESTINATIONS, untrustedPeers } from '../checker/reachability/untrusted-peers';
import type { Findings } from '../checker/rule';
import type { Flow } from '../lib/network/flows';
import { rule } from './rule';

export const reachability = rule({
  id: 'reachability',
  what: 'The emitted network policies allow more or fewer connections than the flow table lists.',
  why: 'The policies are generated from that table, but this reads what was written, as a network plug-in does, and tries untrusted peers that the table does not mention.',
  remedy: 'Change the policy, or the flow table with a reason.',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/',
  needs: ['flows', 'outsiders'],
  find: (subject) => {
    const ours = ourPods(subject.manifests);
    const named = namedPeers(subject.outsiders);
    const outsiders = [...named, ...untrustedPeers(ours, named)];
    const network = new Network(subject.manifests, [...ours, ...outsiders]);
    const wanted = declared(subject.flows);
    const names = new Set(wanted.map(describe));
    const unwanted = (connection: Connection) =>
      !DESTINATIONS.includes(connection.from) && !names.has(describe(connection));
    const open = connections(network, ours, outsiders).filter(unwanted);
    const known = new Set(open.map(describe));
    const byName = grouped([...ours, ...named].map((peer) => [peer.name, peer]));
    // Of what is outside, some may answer at another port.
    const at = ({ to, port }: Connection) =>
      (byName.get(to) ?? []).filter((peer) => ours.includes(peer) || answersAt(peer, port));
    return [
      wanted.map((connection) =>
        closed(connection, network, byName.get(connection.from) ?? [], at(connection)),
      ),
      tooOpen(open, new Set(ours.map(({ name }) => name))),
      oneSided(halfOpen(network, ours).filter((half) => unwanted(half) && !known.has(describe(half)))),
    ];
  },
});

const answersAt = ({ listens }: Named, port: number): boolean =>
  listens === undefined || listens.some((one) => one.port === port);

interface Declared extends Connection {
  readonly why: string;
}

const declared = (flows: readonly Flow[]): Declared[] =>
  flows.flatMap(({ from, to, port, protocols = ['TCP'], why }) =>
    from.flatMap((name) => protocols.map((protocol) => ({ from: name, to, port, protocol, why }))),
  );

/** Both ends must agree; the finding names the one that does not. Ends that are not here need nothing. */
function closed(
  connection: Declared,
  network: Network<Named>,
  senders: readonly Named[],
  targets: readonly Named[],
): Findings {
  const { from, to, port, protocol, why } = connection;
  const side = (field: string, component: string, verb: string, open: (s: Named, t: Named) => boolean) =>
    !senders.every((sender) => targets.every((target) => open(sender, target))) && {
      where: `NetworkPolicy/${component} spec.${field}`,
      value: describe(connection),
      wrong: `is closed, but the flow table has it: ${why}`,
      remedy: `Let the policy of ${component} ${verb} it`,
    };
  return [
    side('egress', from, 'send', (s, t) => network.sends(s, t, port, protocol)),
    side('ingress', to, 'receive', (s, t) => network.receives(s, t, port, protocol)),
  ];
}

/** One finding for each pair of names, however many ports are open between them. */
const tooOpen = (open: readonly Connection[], ours: ReadonlySet<string>): Findings =>
  [...grouped(open.map((one) => [`${one.from} -> ${one.to}`, one]))].map(([pair, all]) => ({
    where: `NetworkPolicy/${ours.has(all[0]?.to ?? '') ? all[0]?.to : all[0]?.from}`,
    value: ports(pair, all),
    wrong: 'is open, but not in the flow table',
    remedy: 'Close it, or add a line with its reason to lib/network/flows.ts',
  }));

/** One end is wide open and the other alone keeps it closed: today harmless, and tomorrow's change opens it. */
const oneSided = (halves: readonly HalfOpen[]): Findings =>
  [...grouped(halves.map((half) => [`${half.end} ${half.from} -> ${half.to}`, half]))].map(([, all]) => {
    const [{ end, from, to }] = all as [HalfOpen, ...HalfOpen[]];
    return {
      where: `NetworkPolicy/${end === 'sender' ? from : to} spec.${end === 'sender' ? 'egress' : 'ingress'}`,
      value: ports(`${from} -> ${to}`, all),
      wrong: `is not in the flow table, and only the ${end === 'sender' ? 'receiving' : 'sending'} end keeps it closed`,
      remedy: 'Close this end too, or add a line with its reason to lib/network/flows.ts',
    };
  });

const ports = (pair: string, all: readonly Connection[]): string =>
  all.some(({ port }) => port === ANY_OTHER_PORT)
    ? `${pair}, every port`
    : `${pair}:${[...new Set(all.map(({ port, protocol }) => `${port}/${protocol}`))].join(', ')}`;
