import type { Manifest, Subject } from '../../../checker/manifests/check';
import { mentionedPeers } from '../../../checker/plan/peers';
import type { Named } from '../../../checker/reachability/matrix';
import { addressOf, isPod } from '../../../checker/reachability/peer';

/**
 * Whom a picture knows outside the namespace: the outsiders of the flow table, and an example of everybody whom a policy
 * names, so that a door opened for a new neighbour shows although nobody has told us about him.
 */
export function neighbours(outsiders: Subject['outsiders'] = {}, manifests: readonly Manifest[]): Named[] {
  const known = Object.entries(outsiders).flatMap(([name, peers]) =>
    peers.map((peer): Named => ({ ...peer, name })),
  );
  const addresses = known.filter((peer) => !isPod(peer)).map(addressOf);
  return [
    ...known,
    ...mentionedPeers(manifests, known).filter((peer) => isPod(peer) || !addresses.includes(addressOf(peer))),
  ];
}
