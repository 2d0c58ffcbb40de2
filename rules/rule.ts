import type { Manifest } from '../checker/manifests/manifest';
import type { Peer } from '../checker/reachability/peer';
import { ruleOver } from '../checker/rule';
import type { Subject } from '../checker/subject';
import type { Flow } from '../lib/network/flows';

/** What COPED's own rules may know besides. */
export interface CopedSubject extends Subject {
  /** Who may talk to whom. */
  readonly flows?: readonly Flow[];
  /** Examples of what the outsiders of the flow table are in this environment; flows of one left out have no effect. */
  readonly outsiders?: Readonly<Partial<Record<string, readonly Peer[]>>>;
  /** Version of the Elasticsearch client in the application. */
  readonly searchClient?: string;
  /** Objects of the environment that this one is a smaller copy of, where it is one. */
  readonly model?: readonly Manifest[];
  /** What the environment calls things that others call differently: text → what stands for it in comparisons. */
  readonly names?: Readonly<Record<string, string>>;
  readonly modelNames?: Readonly<Record<string, string>>;
  /** The same environment without the release that it tries, where it tries one: what is held against the model. */
  readonly untried?: readonly Manifest[];
}

export const rule = ruleOver<CopedSubject>();
