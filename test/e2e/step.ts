import type { Kubectl } from '../../cli/cluster/kubectl';
import type { Report } from './report';

/** Where this suite finds things; main.ts reads it from the environment. */
export interface Settings {
  /** The ingress controller over HTTP and HTTPS, as this machine reaches it. */
  readonly ingress: string;
  readonly secureIngress: string;
  /** The node port of web. */
  readonly nodePort: string;
  /** Image of the pods that try connections. */
  readonly busybox: string;
  /** `address:port` of something outside that answers, to show that pods cannot reach it. */
  readonly internet: string;
  /** Whether the images of releases are in the cluster already, or this suite builds and loads them. */
  readonly images: 'build' | 'loaded';
  /** Path of the browser. */
  readonly chromium: () => string;
}

export interface Suite {
  readonly kubectl: Kubectl;
  readonly settings: Settings;
  readonly report: Report;
}

/** core: on every change, in CI. deep: by hand and every night; it contains core. */
type SuiteName = 'core' | 'deep';

/** Steps of one lane run one after the other, lanes side by side: each has namespaces of its own. */
export type Lane = 'development' | 'hosted' | 'deploy' | 'cluster' | 'application';

/** A group of checks about one promise. */
export interface Step {
  readonly name: string;
  readonly about: string;
  readonly suite: SuiteName;
  /** Why it is in this suite. */
  readonly why: string;
  readonly lane: Lane;
  /** Measures time, or failures under load: no other step runs meanwhile. */
  readonly alone?: boolean;
  /** Steps without which this one could only fail. */
  readonly needs?: readonly string[];
  /** Steps before whose end this one must not start, whatever becomes of them. */
  readonly after?: readonly string[];
  readonly run: (suite: Suite) => Promise<void>;
}
