import type { Exception } from './exceptions';
import type { Manifest } from './manifests/manifest';
import type { Peer } from './reachability/peer';
import type { SecretValue } from './secrets/secret-value';

/** What a rule may know: the objects, and the little that they cannot say about themselves. Rules that need the rest are skipped. */
export interface Subject {
  readonly environment: string;
  /** Every object of one environment, in the order in which it is written. */
  readonly manifests: readonly Manifest[];
  /** Our own objects, and all of them: what looks odd in a foreign folder may be meant there. */
  readonly own?: boolean;
  /** The same environment as it was at the Git ref compared with; empty for a new one. */
  readonly committed?: readonly Manifest[];
  /** Secrets that are expected in the cluster and never emitted, with their keys. */
  readonly externalSecrets?: Readonly<Record<string, readonly string[]>>;
  /** Examples of what talks to these objects from outside, by name. */
  readonly outsiders?: Readonly<Partial<Record<string, readonly Peer[]>>>;
  /** Upper limits for the sum of all requests at rest: every server at its smallest. */
  readonly budget?: { readonly cpu: string; readonly memory: string };
  /** Secret values may be in the manifests (obviously fake ones, on a laptop). */
  readonly fakeSecrets?: boolean;
  /** Values that may be nowhere else, because they are published with the code. */
  readonly knownSecrets?: readonly SecretValue[];
  /** Nodes may be drained while it is in use: every server has a disruption budget. */
  readonly resilient?: boolean;
  /** Findings that are right in general and wrong here. */
  readonly exceptions?: readonly Exception[];
}
