import { grouped } from '../../../checker/manifests/grouped';
import type { Manifest } from '../../../checker/manifests/manifest';
import { mentionedPeers } from '../../../checker/plan/access/peers';
import {
  type Connection,
  connections,
  type Named,
  namedPeers,
  ourPods,
} from '../../../checker/reachability/matrix';
import { addressOf, isPod } from '../../../checker/reachability/peer';
import { ANY_OTHER_PORT, Network } from '../../../checker/reachability/reachability';
import { DESTINATIONS, untrustedPeers } from '../../../checker/reachability/untrusted-peers';
import type { CopedSubject } from '../../../rules/rule';

/** A connection that the policies allow, as a picture shows it. */
export interface Reached {
  readonly from: string;
  readonly to: string;
  readonly port: string;
}

/** The peers outside the namespace that have a name: the outsiders of the flow table, and an example of each peer in a policy. */
export function neighbours(
  outsiders: CopedSubject['outsiders'] = {},
  manifests: readonly Manifest[],
): Named[] {
  const known = namedPeers(outsiders);
  const addresses = known.filter((peer) => !isPod(peer)).map(addressOf);
  return [
    ...known,
    ...mentionedPeers(manifests, known).filter((peer) => isPod(peer) || !addresses.includes(addressOf(peer))),
  ];
}

/** All connections, recomputed from the policies, with untrusted peers that are in no table. */
export function reached(manifests: readonly Manifest[], known: readonly Named[]): Reached[] {
  const ours = ourPods(manifests);
  const others = [...known, ...untrustedPeers(ours, known)];
  const open = connections(new Network(manifests, [...ours, ...others]), ours, others)
    .filter(({ from }) => !DESTINATIONS.includes(from))
    .map((connection) => ({ ...connection, from: groupOf(connection.from), to: groupOf(connection.to) }));
  return [...grouped(open.map((one) => [`${one.from} ${one.to}`, one]))].flatMap(([, all]) => ports(all));
}

/** The ports between one pair. Where every port is open, the single ones say nothing. */
function ports(all: readonly Connection[]): Reached[] {
  const wide = all.some(({ port }) => port === ANY_OTHER_PORT);
  const names = wide ? ['any port'] : [...new Set(all.map(portOf))].sort(byNumber);
  return names.map((port) => ({ from: all[0]?.from ?? '', to: all[0]?.to ?? '', port }));
}

export const portOf = ({ port, protocol }: Pick<Connection, 'port' | 'protocol'>): string =>
  protocol === 'TCP' ? String(port) : `${port}/${protocol}`;

const byNumber = (a: string, b: string): number => Number.parseInt(a, 10) - Number.parseInt(b, 10);

const OTHER_PODS = 'any other pod';
const INTERNET = 'the internet';
const GROUPS: Readonly<Record<string, string>> = {
  'another-namespace': OTHER_PODS,
  internet: INTERNET,
  kubelet: 'any machine',
  'metadata-address': 'cloud metadata',
};

/** The group of an untrusted peer: a picture needs one of each. */
const groupOf = (name: string): string => GROUPS[name] ?? name.replace(/^another pod in .*/, OTHER_PODS);

/**
 * Where a port is open to other pods, the lines from our own to it are left out; where it is open to pods and the internet, all
 * are one line. Without policies there is one line for each component, and not a hundred.
 *
 * @param shown those of the open connections that are to be drawn
 */
export function withGroups(open: readonly Reached[], shown: readonly Reached[]): Reached[] {
  const known = new Set(open.map(keyOf));
  const is = (one: Reached) => known.has(keyOf(one));
  const all = shown.flatMap((one): Reached[] => {
    if (is({ ...one, from: OTHER_PODS })) {
      const isUntrusted = [OTHER_PODS, INTERNET].includes(one.from);
      return isUntrusted
        ? [{ ...one, from: is({ ...one, from: INTERNET }) ? 'any source' : OTHER_PODS }]
        : [];
    }
    const isFree = is({ ...one, to: OTHER_PODS }) && is({ ...one, to: INTERNET });
    return isFree ? [{ ...one, to: 'any destination' }] : [one];
  });
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}

const keyOf = ({ from, to, port }: Reached): string => [from, to, port].join(' ');
