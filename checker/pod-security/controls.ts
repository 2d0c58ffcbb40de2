import type { PodSpec } from '../manifests/kubernetes';
import { fieldOf } from '../manifests/workloads';
import written from './controls.json';

/** One demand of the standard. */
export interface Control {
  /** Its name in Kubernetes: https://github.com/kubernetes/pod-security-admission/tree/master/policy */
  readonly id: string;
  /**
   * What has the fields: the `pod`; each of its `containers`; or `either` of them, where a container that leaves the field
   * out has what its pod has.
   */
  readonly of: string;
  /** Written as in the standard: `ports[*].hostPort` is that field of every port. */
  readonly fields: readonly string[];
  /** What every version allows, null where the field is not set; or the name of a condition. */
  readonly allowed: string | readonly unknown[];
  /** What only newer versions allow, and since when. */
  readonly allowedSince?: Readonly<Record<string, number | undefined>>;
  /** The first version that has this control; left out: all known ones have it. */
  readonly since?: number;
  /** Pods that it leaves alone. */
  readonly except?: string;
  /** What is wrong otherwise, and what to do: the words of a finding. */
  readonly wrong: string;
  readonly remedy: string;
}

/**
 * The Pod Security Standard, `restricted`, with everything it takes over from `baseline`. Read from Kubernetes' own
 * code, which is versioned as this table is; what happened before 1.27 is left out. A field that came later, such as
 * `image` of a volume, is checked as newer servers check it by the older rules: the older servers drop it.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const controls: readonly Control[] = written;

/** Every other type reaches around the pod, above all hostPath. */
const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
].concat('projected', 'secret');

const CONDITIONS: Readonly<Record<string, (value: unknown, entry: string) => boolean>> = {
  'drops ALL': (value) => Array.isArray(value) && value.includes('ALL'),
  'adds nothing but NET_BIND_SERVICE': (value = []) =>
    Array.isArray(value) && value.every((capability) => capability === 'NET_BIND_SERVICE'),
  'is not root': (value) => value !== 0,
  // How it was said before 1.30, and still can be.
  'leaves AppArmor on': (value, key) =>
    !key.startsWith('container.apparmor.security.beta.kubernetes.io/') ||
    /^$|^runtime\/default$|^localhost\//.test(String(value)),
  // Without any type it is an emptyDir.
  'has a harmless type': (volume) =>
    Object.keys(volume ?? {}).every(
      (key) => key === 'name' || fieldOf(volume, key) === null || VOLUMES.includes(key),
    ),
};

/** Whether every version allows a value. `entry` is the name of the entry for `[*]`. */
export const allows = ({ allowed }: Control, value: unknown, entry: string): boolean =>
  typeof allowed === 'string'
    ? CONDITIONS[allowed]?.(value, entry) === true
    : allowed.includes(value ?? null);

/** Pods that newer versions do not ask for something, because it would protect nothing there. */
const EXEMPTIONS: Readonly<Record<string, { since: number; when: (spec: PodSpec) => boolean }>> = {
  // Linux's means of protection do not exist there.
  windows: { since: 25, when: (spec) => spec.os?.name === 'windows' },
  // Root in the pod's own user namespace has no rights on the node: https://kep.k8s.io/127
  ownUsers: { since: 35, when: (spec) => spec.hostUsers === false },
};

/** The first version that leaves a pod alone, if one does. */
export const exemptSince = ({ except = '' }: Control, spec: PodSpec): number | undefined =>
  EXEMPTIONS[except]?.when(spec) ? EXEMPTIONS[except].since : undefined;
