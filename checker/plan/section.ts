import type { Manifest } from '../manifests/manifest';
import type { Finding, Problem } from '../problem';
import type { Subject } from '../subject';
import type { Difference } from './difference';

/** Names that mean something in these objects. */
export interface Conventions {
  /** The annotation of a pod template with a hash of its configuration. */
  readonly configAnnotation: string;
  /** The annotation of a pod template that makes a Job run again with each release. */
  readonly releaseAnnotation: string;
  /** The init container in which new pods wait until the database has the schema of the release. */
  readonly waitsForSchema: string;
  /** The init container that empties the database. */
  readonly emptiesDatabase: string;
}

/** Everything a section may know: what is there now, what would be applied, and what the checks say. */
export interface Release extends Required<Pick<Subject, 'environment' | 'manifests' | 'committed'>> {
  readonly conventions: Conventions;
  readonly difference: Difference;
  /** Of what is not described any more, all that is deleted after the apply. */
  readonly pruned: readonly Manifest[];
  /** What is there in the end: the new, and what is left behind; a Job that was left behind is over. */
  readonly applied: readonly Manifest[];
  readonly outsiders: NonNullable<Subject['outsiders']>;
  /** What the checks find by comparing with what was there. */
  readonly history: readonly Finding[];
  /** What else they find. */
  readonly problems: readonly Problem[];
}

/** One thing that a person should know. */
export interface Entry {
  /** What it is about: `Deployment/web`. */
  readonly about: string;
  /** What happens to it: a sentence about it, without its period. */
  readonly what: string;
  /** More, one line each. */
  readonly details?: readonly string[];
  /** What to type, where something is left to do by hand. */
  readonly command?: string;
  /** Look at this one first. */
  readonly danger?: boolean;
}

/** One question about a release. */
export interface Section {
  readonly title: string;
  /** One or two sentences for people who are new to Kubernetes. */
  readonly explanation: string;
  /** For looking up only: folded in a pull request. */
  readonly reference?: boolean;
  readonly entries: (release: Release) => Entry[];
  /** Its words in the first line of the plan, if any. */
  readonly summary?: (entries: readonly Entry[]) => string | undefined;
}
