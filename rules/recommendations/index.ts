import { containers } from './containers';
import { network } from './network';
import { operation } from './operation';
import { permissions } from './permissions';
import { pods } from './pods';
import type { Recommendation } from './recommendation';

/**
 * The 79 recommendations of eight public guides, as a comparison of scanners puts them together. Read by the
 * documentation and the tests; the rules know nothing of them.
 * @see https://arxiv.org/abs/2606.24438
 * @see https://github.com/dynatrace-oss/Kalm-Benchmark
 */
export const recommendations: readonly Recommendation[] = [
  ...network,
  ...pods,
  ...containers,
  ...permissions,
  ...operation,
];
