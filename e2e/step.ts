import type { Kubectl } from '../cli/cluster/kubectl';
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
}

export interface Suite {
  readonly kubectl: Kubectl;
  readonly settings: Settings;
  readonly report: Report;
}

/** A group of checks about one promise. */
export interface Step {
  readonly name: string;
  readonly about: string;
  /** Steps without which this one could only fail. */
  readonly needs?: readonly string[];
  readonly run: (suite: Suite) => Promise<void>;
}
