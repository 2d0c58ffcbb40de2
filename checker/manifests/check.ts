import type { Flow, OutsiderName } from '../../lib/network/flows';
import type { Exception } from '../../rules/exceptions';
import type { Problem } from '../problem';
import type { Peer } from '../reachability/peer';
import type { SecretValue } from '../secrets/secret-value';
import type { Json } from './workloads';

/** A Kubernetes object as it will be written: plain JSON. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: Json;
}

/**
 * What a rule may know: the emitted objects, and the little that they cannot say about themselves. Of somebody else's
 * folder only the objects are known; rules that need the rest are skipped there.
 */
export interface Subject {
  readonly environment: string;
  /** Every object of one environment, in the order in which it is written. */
  readonly manifests: readonly Manifest[];
  /** The same environment as it was at the Git ref compared with; empty for a new one. */
  readonly committed?: readonly Manifest[];
  /** Secrets that are expected in the cluster and never emitted, with their keys. */
  readonly externalSecrets?: Readonly<Record<string, readonly string[]>>;
  /** Who may talk to whom. */
  readonly flows?: readonly Flow[];
  /** Examples of what the outsiders of the flow table are in this environment; flows of one left out have no effect. */
  readonly outsiders?: Readonly<Partial<Record<OutsiderName, readonly Peer[]>>>;
  /** Upper limits for the sum of all requests at rest: every server at its smallest. */
  readonly budget?: { readonly cpu: string; readonly memory: string };
  /** Secret values may stand in the manifests (obviously fake ones, on a laptop). */
  readonly fakeSecrets?: boolean;
  /** Values that may stand nowhere else, because they are published with the code. */
  readonly knownSecrets?: readonly SecretValue[];
  /** Nodes may be emptied while people use it: every server has a disruption budget. */
  readonly resilient?: boolean;
  /** Objects of the environment that this one is a smaller copy of, where it is one. */
  readonly model?: readonly Manifest[];
  /** The same environment without the release that it tries, where it tries one: what is held against the model. */
  readonly untried?: readonly Manifest[];
  /** Findings that are right in general and wrong here. */
  readonly exceptions?: readonly Exception[];
}

/** What a rule found. `where` is the object, a space, and the path in it: `Deployment/web spec.replicas`. */
export type Finding = Omit<Problem, 'environment' | 'check'>;
