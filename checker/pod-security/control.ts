import type { PodSpec } from '../manifests/kubernetes';

/** One demand of the standard. */
export interface Control {
  /** Its name in Kubernetes: https://github.com/kubernetes/pod-security-admission/tree/master/policy */
  readonly id: string;
  /**
   * What has the fields: the pod; each of its containers; or either of them, where a container that leaves the field
   * out has what its pod has.
   */
  readonly of: 'pod' | 'containers' | 'either';
  /** Written as in the standard: `ports[*].hostPort` is that field of every port. */
  readonly fields: readonly string[];
  /** What every version allows. `entry` is the name of the entry for `[*]`. */
  readonly allowed: (value: unknown, entry: string) => boolean;
  /** What only newer versions allow, and since when. */
  readonly allowedSince?: ReadonlyMap<string, number>;
  /** The first version that has this control; left out: all known ones have it. */
  readonly since?: number;
  /** Pods that it leaves alone. */
  readonly except?: Exemption;
  /** What is wrong otherwise, and what to do: the words of a finding. */
  readonly wrong: string;
  readonly remedy: string;
}

/** Pods that some versions do not ask for something, because it would protect nothing there. */
export interface Exemption {
  readonly since: number;
  readonly when: (spec: PodSpec) => boolean;
}

/** Linux's means of protection do not exist there. */
export const WINDOWS: Exemption = { since: 25, when: (spec) => spec.os?.name === 'windows' };

/** Root in the pod's own user namespace has no rights on the node: https://kep.k8s.io/127 */
export const OWN_USERS: Exemption = { since: 35, when: (spec) => spec.hostUsers === false };
