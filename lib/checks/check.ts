import type { Flow, OutsiderName } from '../network/flows';
import type { Peer } from '../network/reachability';
import type { Problem } from '../problem';

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
  // biome-ignore lint/suspicious/noExplicitAny: checks look into objects of every kind
  readonly [field: string]: any;
}

/** What a check may know: the emitted objects, and the little that they cannot say about themselves. */
export interface Subject {
  readonly environment: string;
  /** Every object of one environment, in the order in which it is written. */
  readonly manifests: readonly Manifest[];
  /** The same environment as it was last committed; empty for a new one. */
  readonly committed: readonly Manifest[];
  /** Secrets that are expected in the cluster and never emitted, with their keys. */
  readonly externalSecrets: Readonly<Record<string, readonly string[]>>;
  /** Who may talk to whom. */
  readonly flows: readonly Flow[];
  /** Examples of what the outsiders of the flow table are in this environment; flows of one left out have no effect. */
  readonly outsiders: Readonly<Partial<Record<OutsiderName, readonly Peer[]>>>;
  /** Upper limits for the sum of all requests, where the environment states one. */
  readonly budget?: { readonly cpu: string; readonly memory: string };
  /** Secret values may stand in the manifests (obviously fake ones, on a laptop). */
  readonly fakeSecrets: boolean;
}

/** What a check found, without the environment: `runChecks` adds it. */
export type Finding = Omit<Problem, 'environment'>;

/** One rule over the emitted objects of one environment. */
export type Check = (subject: Subject) => Finding[];
