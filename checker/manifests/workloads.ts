import type { Manifest } from './check';
import type { LabelSelector, Labels } from './label-selector';

/**
 * Part of a manifest, walked as plain JSON. Manifests may be somebody else's, and wrong: a type for each kind would promise
 * fields that nobody has looked for. What is certain of every object is in `Manifest`.
 */
// biome-ignore lint/suspicious/noExplicitAny: the one place where types are switched off; `unknown` would ask for a cast at every step down
export type Json = any;

/** Something that makes pods, and the pods it makes. */
export interface Workload {
  readonly manifest: Manifest;
  /** `Deployment/web` */
  readonly name: string;
  /** Where the pod's spec stands, for findings: `Deployment/web spec.template.spec`. */
  readonly podPath: string;
  /** Labels of its pods. */
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  /** The pods' spec. */
  readonly pod: Json;
  /** Which pods it takes for its own; Jobs and CronJobs let Kubernetes decide. */
  readonly selector?: LabelSelector;
  /** Its pods are up all the time and answer others; the pods of Jobs run to their end. */
  readonly serves: boolean;
}

export interface Container {
  /** `Deployment/web spec.template.spec.containers[web]` */
  readonly path: string;
  readonly spec: Json;
  readonly init: boolean;
}

const TEMPLATE: Readonly<Record<string, string>> = {
  CronJob: 'spec.jobTemplate.spec.template',
  DaemonSet: 'spec.template',
  Deployment: 'spec.template',
  Job: 'spec.template',
  ReplicaSet: 'spec.template',
  StatefulSet: 'spec.template',
};

/** `Deployment/web`, the way people and kubectl say it. */
export const nameOf = ({ kind, metadata }: Manifest): string => `${kind}/${metadata.name}`;

/** What makes two manifests versions of one object. */
export const identity = ({ kind, metadata }: Manifest): string =>
  `${kind} ${metadata.namespace} ${metadata.name}`;

/** Manifests of one kind. */
export const ofKind = (manifests: readonly Manifest[], kind: string): readonly Manifest[] =>
  byKind(manifests).get(kind) ?? [];

const byKind = once((manifests: readonly Manifest[]) => {
  const kinds = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const same = kinds.get(manifest.kind);
    if (same) same.push(manifest);
    else kinds.set(manifest.kind, [manifest]);
  }
  return kinds;
});

/** Everything that makes pods. */
export const workloads = once((manifests: readonly Manifest[]): readonly Workload[] =>
  manifests.flatMap((manifest) => {
    const path = TEMPLATE[manifest.kind];
    const bare = manifest.kind === 'Pod';
    if (path === undefined && !bare) return [];

    const template: Json = bare ? manifest : dig(manifest, path ?? '');
    const name = nameOf(manifest);
    return {
      manifest,
      name,
      podPath: `${name} ${bare ? 'spec' : `${path}.spec`}`,
      labels: template?.metadata?.labels ?? {},
      annotations: template?.metadata?.annotations ?? {},
      pod: template?.spec ?? {},
      selector: ['Job', 'CronJob', 'Pod'].includes(manifest.kind) ? undefined : manifest.spec?.selector,
      serves: !['Job', 'CronJob', 'Pod'].includes(manifest.kind),
    };
  }),
);

/** Every container of a pod, those that prepare it included. */
export const containers = once(({ pod, podPath }: Workload): readonly Container[] => [
  ...(pod.initContainers ?? []).map((spec: Json) => ({
    spec,
    path: `${podPath}.initContainers[${spec.name}]`,
    init: true,
  })),
  ...(pod.containers ?? []).map((spec: Json) => ({
    spec,
    path: `${podPath}.containers[${spec.name}]`,
    init: false,
  })),
]);

/** Rules ask the same questions of the same objects: each is answered once. Objects must not change in between. */
export function once<K extends object, V>(answer: (about: K) => V): (about: K) => V {
  const known = new WeakMap<K, V>();
  return (about) => {
    let value = known.get(about);
    if (value === undefined) {
      value = answer(about);
      known.set(about, value);
    }
    return value;
  };
}

/** The value at a dotted path, or undefined. */
export const dig = (object: Json, path: string): Json =>
  path.split('.').reduce((value, key) => value?.[key], object);
