import type { Peer } from '../../../checker/reachability/peer';
import { Network } from '../../../checker/reachability/reachability';
import type { Manifest } from '../../manifest';
import { questions } from './arbitrary';

export type Side = 'sends' | 'receives';

/** Every cell of the matrix: what one end lets through, or both. */
export const cells = (
  policies: readonly Manifest[],
  peers: readonly Peer[],
  side: Side | 'allowed' = 'allowed',
) => {
  const network = new Network(policies, peers);
  return peers.flatMap((from) =>
    peers.flatMap((to) =>
      questions.map(({ port, protocol }) => ({
        from,
        to,
        port,
        protocol,
        open: network[side](from, to, port, protocol),
      })),
    ),
  );
};
export const answers = (...args: Parameters<typeof cells>) => cells(...args).map(({ open }) => open);
