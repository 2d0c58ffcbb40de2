import { readFileSync } from 'node:fs';
import additions from './additions.json';

/** Why Kubernetes would refuse a value. */
export interface Wrong {
  /** The rest of a sentence: "is not a list". */
  readonly wrong: string;
  readonly remedy?: string;
  /** Rules cannot read the object: a value has another type, or is missing. */
  readonly blocks: boolean;
}

/** A place in an object where Kubernetes requires something else. */
export interface Misfit extends Wrong {
  readonly path: readonly (string | number)[];
}

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

/** API groups that are not called like their Go package with `.k8s.io` behind it. */
const groups: Readonly<Record<string, string | undefined>> = additions.groups;

/** Fields that may be anything. */
const free = (names: readonly string[]): [string, Field][] =>
  names.map((name) => [name, { type: {}, required: false }]);

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
  const types = new Map<string, Map<string, Field>>();
  const kinds = new Map<string, string>();
  for (const version of PUBLISHED) {
    const described: Readonly<Record<string, Described>> = JSON.parse(
      readFileSync(require.resolve(`${version}/.jsii`), 'utf8'),
    ).types;
    for (const [fqn, type] of Object.entries(described)) {
      const name = shortened(schemaOf(type));
      names.set(fqn, name);
      if (name === '' || type.kind !== 'interface') continue;
      types.set(name, merged(types.get(name), type));
      if (!/\.Kube\w+Props$/.test(fqn)) continue;
      for (const [field, any] of free(['apiVersion', 'kind', 'status'])) types.get(name)?.set(field, any);
      const [group = '', number, kind] = name.split('.');
      const apiVersion = [groups[group] ?? `${group}.k8s.io`, number].filter(Boolean).join('/');
      kinds.set(`${apiVersion} ${kind}`, name);
    }
  }
  for (const [apiVersion, added] of Object.entries(additions.kinds)) {
    // Their fields are not known.
    for (const kind of added) kinds.set(`${apiVersion} ${kind}`, '');
  }
  for (const [name, added] of Object.entries(additions.fields)) {
    types.set(name, new Map([...(types.get(name) ?? []), ...free(added)]));
  }
  return { kinds, types, nameOf: ({ fqn }) => names.get(fqn ?? '') };
}

/** The fields of a type in two versions. */
function merged(older: ReadonlyMap<string, Field> | undefined, type: Described) {
  const fields = new Map([...(older ?? [])].map(([name, field]) => [name, { ...field, required: false }]));
  for (const property of type.properties ?? []) {
    const name = schemaOf(property).split('#')[1] ?? '';
    const required = !property.optional && (!older || older.get(name)?.required === true);
    fields.set(name, { type: property.type, required });
  }
  return fields;
}
