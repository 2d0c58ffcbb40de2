import type { Manifest } from './check';
import { inventory } from './inventory';
import { COMMON_FIELDS, CONTAINER_FIELDS, FIELDS, type Field, POD_FIELDS } from './reference-fields';
import { containers, type Json, nameOf, once, workloads } from './workloads';

/** One object naming another. */
export interface Reference {
  /** Where the name stands: `Deployment/web spec.template.spec.serviceAccountName`. */
  readonly where: string;
  /** Who names it. */
  readonly from: Manifest;
  readonly kind: string;
  readonly name: string;
  /** Where the other is looked for; undefined where the manifests do not say it. */
  readonly namespace?: string;
  /** The entry that is needed, of a ConfigMap or Secret; all of them if absent. */
  readonly key?: string;
  /** Kubernetes goes on without it. */
  readonly optional?: boolean;
}

/** Every place where an object names another, except selectors and addresses in configuration. */
export const references = once((manifests: readonly Manifest[]): readonly Reference[] => [
  ...workloads(manifests).flatMap((workload) => {
    const { manifest, pod, podPath } = workload;
    return [
      // Without a name it runs as the one that every namespace has.
      ...(pod.serviceAccountName
        ? []
        : named(manifest, 'ServiceAccount', `${podPath}.serviceAccountName`, 'default')),
      ...inFields(manifest, pod, podPath, POD_FIELDS),
      ...containers(workload).flatMap(({ path, spec }) => inFields(manifest, spec, path, CONTAINER_FIELDS)),
    ];
  }),
  ...manifests.flatMap((manifest) => [
    ...inFields(manifest, manifest, nameOf(manifest), COMMON_FIELDS),
    ...inFields(manifest, manifest, nameOf(manifest), FIELDS[manifest.kind] ?? []),
    ...annotated(manifest),
  ]),
]);

/** cert-manager makes the certificate of an Ingress that names an issuer like this. */
const ISSUER = 'cert-manager.io/issuer';

const annotated = (manifest: Manifest): Reference[] =>
  manifest.kind === 'Ingress' && manifest.metadata.annotations?.[ISSUER]
    ? named(
        manifest,
        'Issuer',
        `${nameOf(manifest)} metadata.annotations[${ISSUER}]`,
        manifest.metadata.annotations[ISSUER],
      )
    : [];

const inFields = (from: Manifest, object: Json, where: string, fields: readonly Field[]): Reference[] =>
  fields.flatMap((field) =>
    at(object, field.path).flatMap(([path, value]) =>
      // From the object to the path in it there is a space, within the path a dot.
      toReferences(from, field, value, `${where}${where.includes(' ') ? '.' : ' '}${path}`),
    ),
  );

/** A name; or an object with the name in it, and perhaps the key, a list of keys, another kind, another namespace. */
function toReferences(from: Manifest, field: Field, value: Json, where: string): Reference[] {
  if (typeof value !== 'object') return named(from, field.kind, where, value, { keys: field.keys });
  const kind = typeof value.kind === 'string' ? value.kind : field.kind;
  const keys = Array.isArray(value.items) ? value.items.map((item: Json) => item?.key) : [value.key];
  return named(from, kind, where, value[field.name ?? 'name'], { ...value, keys: field.keys ?? keys });
}

const named = (
  from: Manifest,
  kind: string,
  where: string,
  name: Json,
  { keys, namespace, optional }: Json = {},
): Reference[] =>
  // An empty storageClassName means: none. Nothing at all is the business of the schema.
  typeof name !== 'string' || name === ''
    ? []
    : (keys ?? [undefined]).map((key: Json) => ({
        where,
        from,
        kind,
        name,
        namespace: namespace ?? from.metadata.namespace,
        key,
        optional: optional === true,
      }));

/** Every value at a path, with the path as it is: `volumes[].secret` → `volumes[certificates].secret`. */
function at(object: Json, [step = '', ...rest]: readonly string[]): [path: string, value: Json][] {
  const list = step.endsWith('[]');
  const field = list ? step.slice(0, -2) : step;
  const value = object?.[field];
  if (value === undefined || value === null) return [];
  const found: [string, Json][] = list ? entries(field, value) : [[field, value]];
  return rest.length === 0
    ? found
    : found.flatMap(([where, value]) =>
        at(value, rest).map(([more, inner]): [string, Json] => [`${where}.${more}`, inner]),
      );
}

const entries = (field: string, list: Json): [string, Json][] =>
  (Array.isArray(list) ? list : []).flatMap((entry: Json, i) =>
    entry ? [[`${field}[${typeof entry.name === 'string' ? entry.name : i}]`, entry]] : [],
  );

/** The names of all Secrets that are, or will be made. */
export const secretKeys = (manifests: readonly Manifest[]): ReadonlyMap<string, unknown> =>
  new Map(
    [...inventory({ environment: '', manifests }).values()]
      .flat()
      .filter(({ kind }) => kind === 'Secret')
      .map(({ name, keys }) => [name, keys]),
  );
