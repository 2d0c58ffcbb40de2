import type { Json, Manifest } from '../../checker/manifests/manifest';
import { type Container, containers, nameOf, workloads } from '../../checker/manifests/workloads';

/** Good manifests with one thing broken. */
export interface Mutant {
  /** `Deployment/web spec.replicas: 0` */
  readonly where: string;
  readonly manifests: readonly Manifest[];
}

/** One kind of mistake, made wherever it can be made. */
export interface Operator {
  /** What was done, as in "drops a policy". */
  readonly name: string;
  readonly mutants: (good: readonly Manifest[]) => Iterable<Mutant>;
}

/** A change to one object; returns where it was made, or nothing if the object has no such place. */
export type Edit = (object: Json, manifest: Manifest) => string | undefined;

/** The objects with one of them changed. */
export function edited(good: readonly Manifest[], of: Manifest, edit: Edit): Mutant[] {
  const copy = structuredClone(of) as Json;
  const where = edit(copy, of);
  if (where === undefined) return [];
  return [
    { where: `${nameOf(of)} ${where}`, manifests: good.map((object) => (object === of ? copy : object)) },
  ];
}

/** An operator that changes each object of some kinds in one way or more. */
export const onObjects = (
  name: string,
  kinds: readonly string[],
  edits: (object: Json) => Edit[],
): Operator => ({
  name,
  mutants: (good) =>
    good
      .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
      .flatMap((object) => edits(object).flatMap((edit) => edited(good, object, edit))),
});

/** An operator that changes each pod template. */
export const onPods = (
  name: string,
  edits: (pod: Json) => ((pod: Json) => string | undefined)[],
): Operator => ({
  name,
  mutants: (good) =>
    workloads(good).flatMap((workload) =>
      edits(workload.pod).flatMap((edit) => edited(good, workload.manifest, (object) => edit(podOf(object)))),
    ),
});

/** An operator that changes each container. */
export const onContainers = (
  name: string,
  edits: (container: Json, init: boolean) => ((container: Json) => string | undefined)[],
): Operator => ({
  name,
  mutants: (good) =>
    workloads(good).flatMap((workload) =>
      containers(workload).flatMap((container) =>
        edits(container.spec, container.init).flatMap((edit) =>
          edited(good, workload.manifest, (object) => {
            const what = edit(same(podOf(object), container));
            return what === undefined ? undefined : `${container.spec.name}: ${what}`;
          }),
        ),
      ),
    ),
});

const podOf = ({ kind, spec }: Json): Json =>
  kind === 'CronJob' ? spec.jobTemplate.spec.template.spec : spec.template.spec;

const same = (pod: Json, { init, spec }: Container): Json =>
  pod[init ? 'initContainers' : 'containers'].find(({ name }: Json) => name === spec.name);

/** Deletes a field; nothing if there is none. */
export function drop(object: Json, ...path: (string | number)[]): string | undefined {
  const last = path.at(-1) as string | number;
  const parent = path.slice(0, -1).reduce((value, key) => value?.[key], object);
  if (parent?.[last] === undefined) return undefined;
  if (Array.isArray(parent)) parent.splice(last as number, 1);
  else delete parent[last];
  return `without ${path.join('.')}`;
}

/** Sets a field to something else; nothing if it is that already. */
export function put(object: Json, value: Json, ...path: (string | number)[]): string | undefined {
  const last = path.at(-1) as string | number;
  let parent = object;
  for (const key of path.slice(0, -1)) {
    parent[key] ??= {};
    parent = parent[key];
  }
  if (JSON.stringify(parent[last]) === JSON.stringify(value)) return undefined;
  parent[last] = value;
  return `${path.join('.')}: ${JSON.stringify(value)}`;
}

/** Positions in a list that may be absent. */
export const positions = (list: readonly unknown[] | undefined): number[] => (list ?? []).map((_, i) => i);
