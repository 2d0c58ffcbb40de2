import { grouped } from '../../manifests/grouped';
import type { Manifest } from '../../manifests/manifest';
import {
  type Connection,
  connections,
  describe,
  type Named,
  namedPeers,
  ourPods,
} from '../../reachability/matrix';
import { ANY_OTHER_PORT, Network } from '../../reachability/reachability';
import { DESTINATIONS, untrustedPeers } from '../../reachability/untrusted-peers';
import type { Entry, Section } from '../section';
import { count } from '../wording';
import { mentionedPeers } from './peers';

/** Who may talk to whom that could not before, and who may not any more. */
export const network: Section = {
  title: 'Network',
  explanation:
    'Connections that the network policies allow, recomputed from them, with untrusted peers such as the internet. Policies that are left behind stay in effect until you delete them.',
  entries: ({ committed, manifests, applied, outsiders }) => {
    const known = namedPeers(outsiders);
    const others = [...known, ...mentionedPeers([...committed, ...manifests], known)];
    const [before, now, clean] = [committed, applied, manifests].map((objects) => open(objects, others));
    if (!before || !now || !clean) return [];
    return [
      ...entries(missingIn(before, now), 'opens', true),
      ...entries(missingIn(now, before), 'closes'),
      ...entries(missingIn(now, clean), 'opens when what is left behind is deleted', true),
      ...entries(missingIn(clean, now), 'closes only when what is left behind is deleted'),
    ];
  },
  summary: (entries) => {
    const opened = entries.filter(({ danger }) => danger).length;
    const closed = entries.length - opened;
    if (entries.length === 0) return 'network unchanged';
    return opened > 0
      ? `${count(opened, 'connection')} opened${closed > 0 ? `, ${closed} closed` : ''}`
      : `${count(closed, 'connection')} closed`;
  },
};

type Open = ReadonlyMap<string, Connection>;

function open(manifests: readonly Manifest[], known: readonly Named[]): Open {
  const ours = ourPods(manifests);
  const others = [...known, ...untrustedPeers(ours, known)];
  return new Map(
    connections(new Network(manifests, [...ours, ...others]), ours, others)
      .filter(({ from }) => !DESTINATIONS.includes(from))
      .map((connection) => [describe(connection), connection]),
  );
}

const missingIn = (some: Open, all: Open): Connection[] =>
  [...all].filter(([key]) => !some.has(key)).map(([, connection]) => connection);

/** One entry for each pair, however many ports. */
function entries(connections: readonly Connection[], what: string, danger = false): Entry[] {
  const pairs = grouped(connections.map((one) => [`${one.from} -> ${one.to}`, one]));
  return [...pairs]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([about, all]) => ({ about, what: `${what}: ${ports(all)}`, danger }));
}

const ports = (connections: readonly Connection[]): string =>
  connections
    .map(({ port, protocol }) =>
      port === ANY_OTHER_PORT ? `every other ${protocol} port` : `${port}/${protocol}`,
    )
    .sort()
    .join(', ');
