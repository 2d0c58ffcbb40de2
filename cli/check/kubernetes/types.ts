import { readFileSync } from 'node:fs';
import additions from './additions.json';

/** As jsii describes it. */
export interface Type {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: Type };
}

interface Described {
  readonly kind?: string;
  readonly optional?: boolean;
  readonly docs?: { readonly custom?: { readonly schema?: string } };
  readonly properties?: readonly (Described & { readonly type: Type })[];
}

export interface Field {
  readonly type: Type;
  readonly required: boolean;
}

/** Kubernetes' own kinds and their fields. */
export interface Kubernetes {
  /** `apps/v1 Deployment` → the name of its type, `apps.v1.Deployment`. */
  readonly kinds: ReadonlyMap<string, string>;
  readonly types: ReadonlyMap<string, ReadonlyMap<string, Field>>;
  /** The name of the type that a field has: `core.v1.Container`. */
  readonly nameOf: (type: Type) => string | undefined;
}

/**
 * The API field by field, as these describe themselves to other languages: the oldest version that is supported, and the
 * newest that is published. additions.json has what came and went in between, or since, as k8s.io/client-go 0.28 to 0.37 have it,
 * and the few types that share their name with one of another group, which these confuse.
 */
const PUBLISHED = ['cdk8s-plus-27', 'cdk8s-plus-34'];

/** Where an API group is not called like its Go package, with `.k8s.io` behind it. */
const GROUPS: Readonly<Record<string, string>> = {
  apiserverinternal: 'internal.apiserver.k8s.io',
  apps: 'apps',
  autoscaling: 'autoscaling',
  batch: 'batch',
  core: '',
  flowcontrol: 'flowcontrol.apiserver.k8s.io',
  policy: 'policy',
  rbac: 'rbac.authorization.k8s.io',
};

const ANYTHING: Field = { type: {}, required: false };

const schemaOf = ({ docs }: Described): string => docs?.custom?.schema ?? '';

/** `io.k8s.api.core.v1.Container` → `core.v1.Container` */
const shortened = (schema: string): string => schema.replace(/^io\.k8s\.(api|.+\.apis)\./, '');

let loaded: Kubernetes | undefined;

/** Read when it is needed: these are 6 MB. A kind or a field is known if any version has it, and required if all of them require it. */
export function kubernetes(): Kubernetes {
  loaded ??= load();
  return loaded;
}

function load(): Kubernetes {
  const names = new Map<string, string>();
  const types = new Map<string, ReadonlyMap<string, Field>>();
  const kinds = new Map<string, string>();
  for (const version of PUBLISHED) {
    const described: Readonly<Record<string, Described>> = JSON.parse(
      readFileSync(require.resolve(`${version}/.jsii`), 'utf8'),
    ).types;
    for (const [fqn, type] of Object.entries(described)) {
      const name = shortened(schemaOf(type));
      names.set(fqn, name);
      if (name === '' || type.kind !== 'interface') continue;
      const isKind = /\.Kube\w+Props$/.test(fqn);
      types.set(name, merged(types.get(name), type, isKind ? ['apiVersion', 'kind', 'status'] : []));
      const [group = '', number, kind] = name.split('.');
      const apiVersion = [GROUPS[group] ?? `${group}.k8s.io`, number].filter(Boolean).join('/');
      if (isKind) kinds.set(`${apiVersion} ${kind}`, name);
    }
  }
  for (const [apiVersion, added] of Object.entries(additions.kinds)) {
    // Their fields are not known.
    for (const kind of added) kinds.set(`${apiVersion} ${kind}`, '');
  }
  for (const [name, added] of Object.entries(additions.fields)) {
    types.set(
      name,
      new Map([...(types.get(name) ?? []), ...added.map((field) => [field, ANYTHING] as const)]),
    );
  }
  return { kinds, types, nameOf: ({ fqn }) => names.get(fqn ?? '') };
}

function merged(older: ReadonlyMap<string, Field> | undefined, type: Described, free: readonly string[]) {
  const fields = new Map<string, Field>(
    [...(older ?? [])].map(([name, field]) => [name, { ...field, required: false }]),
  );
  for (const name of free) fields.set(name, ANYTHING);
  for (const property of type.properties ?? []) {
    const name = schemaOf(property).split('#')[1] ?? '';
    const required = !property.optional && (!older || older.get(name)?.required === true);
    if (!free.includes(name)) fields.set(name, { type: property.type, required });
  }
  return fields;
}
