import type { PodSpec } from '../manifests/kubernetes';
import { fieldOf, isObject, listOf } from '../manifests/workloads';
import { allows, type Control, controls, exemptSince } from './controls';
import { OLDEST, type Versions } from './versions';

/** A pod, or the template of one. */
export interface Pod {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: PodSpec;
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
  return FIELDS.flatMap((field) => {
    const { of } = field.control;
    if (of === 'pod') return violationsIn(field, pod, '', pod);
    const inherited = of === 'either' && isSet(field, pod.spec);
    const ofContainers = containers.flatMap(({ path, spec }) =>
      inherited && !isSet(field, spec) ? [] : violationsIn(field, spec, `${path}.`, pod),
    );
    return inherited ? [...violationsIn(field, pod.spec, 'spec.', pod), ...ofContainers] : ofContainers;
  });
};

/** One field of a control, taken apart once: pods have many. */
interface Field {
  readonly control: Control;
  /** What is before `[*]`, or all of it. */
  readonly keys: readonly string[];
  /** What is behind it, where there is one. */
  readonly ofEntries?: readonly string[];
}

const FIELDS: readonly Field[] = controls.flatMap((control) =>
  control.fields.map((field) => {
    const [keys = '', ofEntries] = field.split('[*]');
    // A dot follows `[*]`, unless the entry itself is meant.
    return { control, keys: keys.split('.'), ofEntries: ofEntries?.split('.').slice(1) };
  }),
);

/** What a control has against a field of a pod or of a container, `at` that place. */
function violationsIn(
  { control, keys, ofEntries }: Field,
  object: unknown,
  at: string,
  pod: Pod,
): Violation[] {
  const value = get(object, keys);
  if (ofEntries === undefined) {
    const versions = refusing(control, value, '', pod);
    return versions ? [{ control, path: at + keys.join('.'), value, versions }] : [];
  }
  return Object.entries(isObject(value) ? value : {}).flatMap(([key, item]) => {
    const entry = String(fieldOf(item, 'name') ?? key);
    const value = get(item, ofEntries);
    const versions = refusing(control, value, entry, pod);
    const path = `${at}${[`${keys.join('.')}[${entry}]`, ...ofEntries].join('.')}`;
    return versions ? [{ control, path, value, versions }] : [];
  });
}

function refusing(control: Control, value: unknown, entry: string, { spec }: Pod): Versions | undefined {
  if (allows(control, value, entry)) return undefined;
  const { since, allowedSince = {} } = control;
  const before = new Map(Object.entries(allowedSince)).get(String(value)) ?? exemptSince(control, spec);
  return before !== undefined && before <= OLDEST ? undefined : { since, before };
}

const isSet = ({ keys }: Field, object: unknown): boolean => get(object, keys) !== undefined;

/** The value under these keys; YAML writes nothing as null. */
const get = (object: unknown, keys: readonly string[]): unknown => keys.reduce(fieldOf, object) ?? undefined;

/** Those that prepare the pod, those that run in it, and those that are added later to debug it. */
const containersOf = (spec: PodSpec): { readonly path: string; readonly spec: unknown }[] =>
  ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) =>
    listOf(fieldOf(spec, list)).map((container) => ({
      path: `spec.${list}[${fieldOf(container, 'name')}]`,
      spec: container,
    })),
  );
