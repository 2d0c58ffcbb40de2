import { grouped } from '../../../checker/manifests/grouped';
import type { Manifest } from '../../../checker/manifests/manifest';
import { type Connection, connections, type Named, ourPods } from '../../../checker/reachability/matrix';
import { ANY_OTHER_PORT, Network } from '../../../checker/reachability/reachability';
import { DESTINATIONS, untrustedPeers } from '../../../checker/reachability/untrusted-peers';
import { crowd, type Reached } from './crowds';

/** Who can reach whom, recomputed from the policies, with untrusted peers that no table mentions. */
export function reached(manifests: readonly Manifest[], known: readonly Named[]): Reached[] {
  const ours = ourPods(manifests);
  const others = [...known, ...untrustedPeers(ours, known)];
  const open = connections(new Network(manifests, [...ours, ...others]), ours, others)
    .filter(({ from }) => !DESTINATIONS.includes(from))
    .map((connection) => ({ ...connection, from: crowd(connection.from), to: crowd(connection.to) }));
  return [...grouped(open.map((one) => [`${one.from} ${one.to}`, one]))].flatMap(([, all]) => doors(all));
}

/** The doors between one pair. Where every port is open, the single ones say nothing. */
function doors(all: readonly Connection[]): Reached[] {
  const wide = all.some(({ port }) => port === ANY_OTHER_PORT);
  const names = wide ? ['any port'] : [...new Set(all.map(doorOf))].sort(byNumber);
  return names.map((door) => ({ from: all[0]?.from ?? '', to: all[0]?.to ?? '', door }));
}

export const doorOf = ({ port, protocol }: Pick<Connection, 'port' | 'protocol'>): string =>
  protocol === 'TCP' ? String(port) : `${port}/${protocol}`;

const byNumber = (a: string, b: string): number => Number.parseInt(a, 10) - Number.parseInt(b, 10);
