import type { Manifest } from '../../../checker/manifests/manifest';
import { mentionedPeers } from '../../../checker/plan/access/peers';
import { type Named, namedPeers } from '../../../checker/reachability/matrix';
import { addressOf, isPod } from '../../../checker/reachability/peer';
import type { CopedSubject } from '../../../rules/rule';

/**
 * Whom a picture knows outside the namespace: the outsiders of the flow table, and an example of everybody whom a policy
 * names, so that a door opened for a new neighbour shows although nobody has told us about him.
 */
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
