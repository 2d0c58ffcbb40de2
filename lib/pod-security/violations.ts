import { dig, type Json } from '../checks/workloads';
import type { Control } from './control';
import { controls } from './controls';
import { OLDEST, type Versions } from './versions';

/** A pod, or the template of one. */
export interface Pod {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: Json;
}

/** Something for which some version of Kubernetes refuses a pod. */
export interface Violation {
  readonly control: Control;
  /** `spec.containers[web].securityContext.privileged` */
  readonly path: string;
  readonly value: unknown;
  /** Which versions refuse it. */
  readonly versions: Versions;
}

/** Everything for which some version of Kubernetes refuses the pod under `restricted`; each place once. */
export const violations = (pod: Pod): Violation[] => {
  const containers = containersOf(pod.spec);
  return controls.flatMap((control) =>
    placesOf(control, pod, containers).flatMap(({ path, value, entry }) => {
      const versions = refusedBy(control, value, entry, pod);
      return versions ? [{ control, path, value, versions }] : [];
    }),
  );
};

function refusedBy(control: Control, value: Json, entry: string, { spec }: Pod): Versions | undefined {
  const { allowed, allowedSince, since, except } = control;
  if (allowed(value, entry)) return undefined;
  const before = allowedSince?.get(value) ?? (except?.when(spec) ? except.since : undefined);
  return before !== undefined && before <= OLDEST ? undefined : { since, before };
}

/** A value that a control judges, and where it stands. */
interface Place {
  readonly path: string;
  readonly value: Json;
  readonly entry: string;
}

/** The same for a container. */
interface Part {
  readonly path: string;
  readonly spec: Json;
}

function placesOf({ of, fields }: Control, pod: Pod, containers: readonly Part[]): Place[] {
  return fields.flatMap((field) => {
    if (of === 'pod') return values(pod, field, '');
    const ofContainers = containers.flatMap(({ path, spec }) => values(spec, field, `${path}.`));
    if (of === 'containers') return ofContainers;
    const ofPod = values(pod.spec, field, 'spec.').filter(isSet);
    return [...ofPod, ...(ofPod.length > 0 ? ofContainers.filter(isSet) : ofContainers)];
  });
}

const isSet = ({ value }: Place): boolean => value !== undefined;

/** The values of a field: one, set or not, or those of every entry of a list or map. */
function values(object: Json, field: string, path: string): Place[] {
  const [list = '', rest] = field.split('[*]');
  const value = dig(object, list) ?? undefined;
  if (rest === undefined) return [{ path: path + field, value, entry: '' }];
  return Object.entries<Json>(value ?? {}).map(([key, item]) => {
    const entry: string = item?.name ?? key;
    // What follows `[*]` begins with a dot.
    const found = rest === '' ? item : dig(item, rest.slice(1));
    return { path: `${path}${list}[${entry}]${rest}`, value: found ?? undefined, entry };
  });
}

/** Those that prepare the pod, those that run in it, and those that somebody adds later to look around. */
const containersOf = (spec: Json): Part[] =>
  ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) =>
    (spec?.[list] ?? []).map((container: Json) => ({
      path: `spec.${list}[${container?.name}]`,
      spec: container,
    })),
  );
