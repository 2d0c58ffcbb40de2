import { kindOf } from './kinds';
import type { PodSpec, WorkloadObject } from './kubernetes';
import type { Manifest } from './manifest';
import { FIELDS, type Field, type Step } from './reference-fields';
import { containers, fieldOf, isObject, listOf, nameOf, once, workloads } from './workloads';

/** One object naming another. */
export interface Reference {
  /** Where the name is: `Deployment/web spec.template.spec.serviceAccountName`. */
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
      ...inFields(manifest, withoutClaimed(pod, manifest), podPath, 'the spec of a pod'),
      ...containers(workload).flatMap(({ path, spec }) => inFields(manifest, spec, path, 'a container')),
    ];
  }),
  ...manifests.flatMap((manifest) => [
    ...inFields(manifest, manifest, nameOf(manifest), 'every object'),
    ...inFields(manifest, manifest, nameOf(manifest), kindOf(manifest)),
    ...(kindOf(manifest) === 'Ingress' ? annotated(manifest, manifests) : []),
  ]),
]);

/** A StatefulSet puts its own claims in the place of volumes that have their names. */
function withoutClaimed(pod: PodSpec, { spec }: WorkloadObject): PodSpec {
  const claims = (spec?.volumeClaimTemplates ?? []).map((claim) => claim?.metadata?.name);
  if (claims.length === 0 || !Array.isArray(pod.volumes)) return pod;
  return { ...pod, volumes: pod.volumes.filter((volume) => !claims.includes(volume?.name)) };
}

/** cert-manager makes the certificate of an Ingress that names an issuer like this. */
const ISSUER = 'cert-manager.io/issuer';

/** What Traefik does with its requests: `<namespace>-<name>@kubernetescrd`. Those of other providers are no objects. */
const MIDDLEWARES = 'traefik.ingress.kubernetes.io/router.middlewares';

function annotated(ingress: Manifest, manifests: readonly Manifest[]): Reference[] {
  const { [ISSUER]: issuer, [MIDDLEWARES]: middlewares = '' } = ingress.metadata.annotations ?? {};
  const where = (annotation: string) => `${nameOf(ingress)} metadata.annotations[${annotation}]`;
  return [
    ...named(ingress, 'Issuer', where(ISSUER), issuer),
    ...Array.from(String(middlewares).matchAll(/([^\s,]+)@kubernetescrd/g), ([, text = '']) => {
      const namespace = namespaceIn(text, manifests);
      const name = text.slice((namespace?.length ?? 0) + 1);
      return namespace === undefined
        ? []
        : named(ingress, 'Middleware', where(MIDDLEWARES), name, { namespace });
    }).flat(),
  ];
}

/** The namespace before a name. Both may have dashes: the one where the Middleware is, or else the longest that there is. */
function namespaceIn(text: string, manifests: readonly Manifest[]): string | undefined {
  const isIt = ({ kind, metadata: { namespace, name } }: Manifest) =>
    kind === 'Middleware' && `${namespace}-${name}` === text;
  const namespaces = manifests.map(({ metadata: { namespace = '' } }) => namespace);
  return (
    manifests.find(isIt)?.metadata.namespace ??
    namespaces
      .filter((namespace) => namespace !== '' && text.startsWith(`${namespace}-`))
      .sort((a, b) => b.length - a.length)[0]
  );
}

function inFields(from: Manifest, object: unknown, where: string, kind: string): Reference[] {
  const found: Reference[] = [];
  // From the object to the path in it there is a space, within the path a dot.
  const start = where.includes(' ') ? `${where}.` : `${where} `;
  for (const field of FIELDS.get(kind) ?? []) {
    visit(object, field.path, 0, start, (value, path) =>
      found.push(...toReferences(from, field, value, path)),
    );
  }
  return found;
}

/** A name; or an object with the name in it, and perhaps the key, a list of keys, another kind, another namespace. */
function toReferences(from: Manifest, field: Field, value: unknown, where: string): Reference[] {
  if (!isObject(value)) return named(from, field.kind, where, value, { keys: field.keys });
  const { apiVersion, apiGroup, group = apiGroup } = value;
  const version = text(apiVersion) ?? (typeof group === 'string' ? `${group}/` : undefined);
  const written = text(value.kind);
  // Without its group it is of the kind that all know by this name.
  const kind = written && version ? kindOf({ apiVersion: version, kind: written }) : (written ?? field.kind);
  const keys = Array.isArray(value.items) ? value.items.map((item) => fieldOf(item, 'key')) : [value.key];
  return named(from, kind, where, value[field.name ?? 'name'], { ...value, keys: field.keys ?? keys });
}

/** Fields beside a name, of any type. */
interface Details {
  readonly keys?: readonly unknown[];
  readonly namespace?: unknown;
  readonly optional?: unknown;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const named = (
  from: Manifest,
  kind: string,
  where: string,
  name: unknown,
  { keys = [undefined], namespace = from.metadata.namespace, optional }: Details = {},
): Reference[] =>
  // An empty storageClassName means: none. Nothing at all is the business of the schema.
  typeof name !== 'string' || name === ''
    ? []
    : keys.map((key) => ({
        where,
        from,
        kind,
        name,
        namespace: text(namespace),
        key: text(key),
        optional: optional === true,
      }));

/** Calls back with every value at a path, and with the path as it is: `volumes[].secret` → `volumes[certificates].secret`. */
function visit(
  object: unknown,
  steps: readonly Step[],
  i: number,
  where: string,
  found: (value: unknown, where: string) => void,
): void {
  const step = steps[i];
  const value = step && fieldOf(object, step.field);
  if (!step || value === undefined || value === null) return;
  const arrive = (value: unknown, path: string): void => {
    if (i === steps.length - 1) found(value, path);
    else visit(value, steps, i + 1, `${path}.`, found);
  };
  if (!step.list) arrive(value, where + step.field);
  else {
    const next = steps[i + 1];
    listOf(value).forEach((entry, i) => {
      // Most entries do not have the next one, and need no path.
      if (entry && (!next || fieldOf(entry, next.field) !== undefined))
        arrive(entry, `${where}${step.field}[${text(fieldOf(entry, 'name')) ?? i}]`);
    });
  }
}
