import { readFileSync } from 'node:fs';
import type { Severity } from '../../checker/problem';
import { wrongNumber } from './numbers';

interface Type {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: Type };
  readonly union?: { readonly types: readonly Type[] };
}

interface Described {
  readonly optional?: boolean;
  readonly docs?: { readonly custom?: { readonly schema?: string } };
  readonly properties?: readonly (Described & { readonly type: Type })[];
}

/** A place where Kubernetes requires another value. */
export interface Misfit {
  readonly path: readonly (string | number)[];
  /** The rest of a sentence: "is not a list". */
  readonly wrong: string;
  readonly remedy?: string;
  readonly severity?: Severity;
  /** Whether it is of another type than rules expect, or missing where they expect it; true unless given. */
  readonly blocks?: boolean;
}

export const blocks = ({ blocks = true }: Misfit): boolean => blocks;

/** Fields that had to be there in 1.27 and need not in later versions. */
const OPTIONAL_NOW = [
  'io.k8s.api.apps.v1.StatefulSetSpec#serviceName',
  'io.k8s.api.networking.v1.NetworkPolicySpec#podSelector',
];

/** Written as a string or a number: quantities, and ports by name or number. */
const TEXT_OR_NUMBER = ['cdk8s-plus-27.k8s.IntOrString', 'cdk8s-plus-27.k8s.Quantity'];

const PRIMITIVES: Readonly<Record<string, readonly [type: string, name: string]>> = {
  boolean: ['boolean', 'a boolean'],
  date: ['string', 'a string'],
  number: ['number', 'a number'],
  string: ['string', 'a string'],
};

/** The Kubernetes API 1.27, field by field, as cdk8s-plus-27 describes itself to other languages. */
const types: Readonly<Record<string, Described>> = JSON.parse(
  readFileSync(require.resolve('cdk8s-plus-27/.jsii'), 'utf8'),
).types;

const METADATA = types['cdk8s-plus-27.k8s.ObjectMeta'] ?? {};

const schemaOf = ({ docs }: Described): string => docs?.custom?.schema ?? '';

/** `io.k8s.api.apps.v1.Deployment` → how people write it; the group's domain is not in the name. */
const kinds = new Map(
  Object.entries(types)
    .filter(([fqn]) => /\.k8s\.Kube\w+Props$/.test(fqn))
    .map(([, type]) => [schemaOf(type).replace(/^io\.k8s\.(api|.+\.apis)\./, ''), type]),
);

const typeOf = (apiVersion: string, kind: string): Described | undefined => {
  const [group = '', version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  return kinds.get(`${group.split('.')[0]}.${version}.${kind}`);
};

/** Whether Kubernetes itself has this kind. */
export const isBuiltIn = (apiVersion: string, kind: string): boolean =>
  typeOf(apiVersion, kind) !== undefined;

/** Everything in an object that has the wrong type or is missing: a string for a list, a number for a label. Newer fields may be anything. */
export const misfits = (object: {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: unknown;
}): Misfit[] => {
  const type = typeOf(object.apiVersion, object.kind);
  // Whatever the kind, Kubernetes itself reads the metadata.
  return type ? inFields(object, type, []) : inFields(object.metadata, METADATA, ['metadata']);
};

type Path = Misfit['path'];

function inFields(value: unknown, type: Described, path: Path): Misfit[] {
  if (!isObject(value)) return [{ path, wrong: 'is not an object' }];
  return (type.properties ?? []).flatMap((property) => {
    const schema = schemaOf(property);
    const field = schema.split('#')[1] ?? '';
    const here = [...path, field];
    if (value[field] !== undefined) return misfit(value[field], property.type, here);
    return property.optional || OPTIONAL_NOW.includes(schema) ? [] : [{ path: here, wrong: 'is missing' }];
  });
}

function misfit(value: unknown, type: Type, path: Path): Misfit[] {
  if (type.fqn && TEXT_OR_NUMBER.includes(type.fqn)) {
    if (typeof value === 'number' && type.fqn.endsWith('IntOrString')) return inNumber(value, '', path);
    return ['string', 'number'].includes(typeof value)
      ? []
      : [{ path, wrong: 'is not a string or a number' }];
  }
  if (type.fqn) return inFields(value, types[type.fqn] ?? {}, path);
  if (type.collection?.kind === 'array') {
    const { elementtype } = type.collection;
    if (!Array.isArray(value)) return [{ path, wrong: 'is not a list' }];
    return value.flatMap((item, i) => misfit(item, elementtype, [...path, i]));
  }
  if (type.collection) {
    const { elementtype } = type.collection;
    if (!isObject(value)) return [{ path, wrong: 'is not an object' }];
    return Object.entries(value).flatMap(([key, item]) => misfit(item, elementtype, [...path, key]));
  }
  if (type.primitive === 'number' && typeof value === 'number') return inNumber(value, path.at(-1), path);
  const [wanted, name] = PRIMITIVES[type.primitive ?? ''] ?? [];
  return wanted && name && typeof value !== wanted ? [{ path, wrong: `is not ${name}` }] : [];
}

function inNumber(value: number, field: string | number = '', path: Path): Misfit[] {
  const wrong = wrongNumber(value, String(field));
  return wrong === undefined ? [] : [{ path, wrong, blocks: value >= 0 }];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
