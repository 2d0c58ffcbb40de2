import { apart } from './apart';
import { grouped } from './grouped';
import { fullKindOf, kindOf } from './kinds';
import type { ContainerSpec, Kind, ObjectOf, PodSpec, Probe, WorkloadObject } from './kubernetes';
import type { LabelSelector, Labels } from './label-selector';
import type { Manifest } from './manifest';

/** Something that makes pods, and the pods it makes. */
export interface Workload {
  readonly manifest: WorkloadObject;
  /** `Deployment/web` */
  readonly name: string;
  /** Where the pod's spec is, for findings: `Deployment/web spec.template.spec`. */
  readonly podPath: string;
  /** Labels of its pods. */
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  /** The pods' spec. */
  readonly pod: PodSpec;
  /** Which pods it takes for its own; Jobs and CronJobs let Kubernetes decide. */
  readonly selector?: LabelSelector;
  /** Its pods are up all the time and answer others; the pods of Jobs run to their end. */
  readonly serves: boolean;
}

export interface Container {
  /** `Deployment/web spec.template.spec.containers[web]` */
  readonly path: string;
  readonly spec: ContainerSpec;
  readonly init: boolean;
}

/** What pods are made of; a bare Pod is one. */
type Template = Partial<Pick<ObjectOf<'Pod'>, 'metadata' | 'spec'>>;

const TEMPLATE: ReadonlyMap<string, string> = new Map([
  ['CronJob', 'spec.jobTemplate.spec.template'],
  ['DaemonSet', 'spec.template'],
  ['Deployment', 'spec.template'],
  ['Job', 'spec.template'],
  ['ReplicaSet', 'spec.template'],
  ['ReplicationController', 'spec.template'],
  ['StatefulSet', 'spec.template'],
]);

/** The selector of a ReplicationController has another form. */
const SELECTORLESS = ['Job', 'CronJob', 'Pod', 'ReplicationController'];

/** `Deployment/web`, as kubectl writes it; of manifests in many namespaces `Deployment/shop/web`. */
export function nameOf(manifest: Manifest): string {
  const known = apart.get(manifest);
  return known ? known.name + known.mark : `${kindOf(manifest)}/${manifest.metadata.name}`;
}

/** What makes two manifests versions of one object. */
export const identity = (manifest: Manifest): string =>
  `${fullKindOf(manifest)} ${manifest.metadata.namespace} ${manifest.metadata.name}`;

/** Manifests of one kind. */
export function ofKind<K extends Kind>(manifests: readonly Manifest[], kind: K): readonly ObjectOf<K>[];
export function ofKind(manifests: readonly Manifest[], kind: string): readonly Manifest[];
export function ofKind(manifests: readonly Manifest[], kind: string): readonly Manifest[] {
  return byKind(manifests).get(kind) ?? [];
}

const byKind = once((manifests: readonly Manifest[]) => grouped(manifests.map((one) => [kindOf(one), one])));

/** Everything that makes pods. */
export const workloads = once((manifests: readonly Manifest[]): readonly Workload[] =>
  manifests.flatMap((manifest: WorkloadObject) => {
    const kind = kindOf(manifest);
    const path = TEMPLATE.get(kind);
    const bare = kind === 'Pod';
    if (path === undefined && !bare) return [];

    const template = (bare ? manifest : dig(manifest, path ?? '')) as Template | undefined;
    const name = nameOf(manifest);
    return {
      manifest,
      name,
      podPath: `${name} ${bare ? 'spec' : `${path}.spec`}`,
      labels: template?.metadata?.labels ?? {},
      annotations: template?.metadata?.annotations ?? {},
      pod: template?.spec ?? {},
      selector: SELECTORLESS.includes(kind) ? undefined : manifest.spec?.selector,
      serves: !['Job', 'CronJob', 'Pod'].includes(kind),
    };
  }),
);

/** Every container of a pod, those that prepare it included. */
export const containers = once(({ pod, podPath }: Workload): readonly Container[] => [
  ...(pod.initContainers ?? []).map((spec) => ({
    spec,
    path: `${podPath}.initContainers[${spec.name}]`,
    init: true,
  })),
  ...(pod.containers ?? []).map((spec) => ({
    spec,
    path: `${podPath}.containers[${spec.name}]`,
    init: false,
  })),
]);

/** What the kubelet does to a container to probe it, and when it starts and stops: by field. */
export const handlersOf = ({ spec }: Container): [path: string, handler: Probe | undefined][] => [
  ['startupProbe', spec.startupProbe],
  ['readinessProbe', spec.readinessProbe],
  ['livenessProbe', spec.livenessProbe],
  ['lifecycle.postStart', spec.lifecycle?.postStart],
  ['lifecycle.preStop', spec.lifecycle?.preStop],
];

/** Rules ask the same questions of the same objects: each is answered once. Objects must not change in between. */
export function once<K extends object, V>(answer: (about: K) => V): (about: K) => V {
  const known = new WeakMap<K, V>();
  return (about) => {
    let value = known.get(about);
    if (value === undefined) {
      value = answer(about);
      // In a foreign object, it may be a text instead.
      if (isObject(about)) known.set(about, value);
    }
    return value;
  };
}

/** The value at a dotted path, or undefined. */
export const dig = (object: unknown, path: string): unknown => path.split('.').reduce(fieldOf, object);

/** A field of whatever this is. Nothing else is asked as often: `isObject` is written out. */
export const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** A field of a foreign object may be anything. */
export function listOf<T>(value: readonly T[] | undefined): readonly T[];
export function listOf(value: unknown): readonly unknown[];
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
