import { Network } from '../../../checker/reachability/reachability';
import type { Manifest } from '../../manifest';
import type { Source, Target } from './target';
import type { Expectation } from './verdict';

/** What the policies among the applied objects say about every pair, as the checks evaluate them. */
export function evaluated(
  manifests: readonly Manifest[],
  sources: readonly Source[],
  targets: readonly Target[],
): Expectation {
  const peers = new Set([...sources, ...targets].map(({ peer }) => peer));
  const network = new Network(manifests, [...peers]);
  return (source, { peer, port, protocol }) => network.allowed(source.peer, peer, port, protocol);
}
