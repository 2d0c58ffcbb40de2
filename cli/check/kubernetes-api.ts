import { didYouMean } from '../../formats/nearest';
import { refusals } from './kubernetes/refused';
import removed from './kubernetes/removed.json';
import { type Field, kubernetes, type Type } from './kubernetes/types';
import { wrongAmount, wrongValue } from './kubernetes/values';

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

type Path = Misfit['path'];

const groupOf = (apiVersion: string): string => apiVersion.split('/').slice(0, -1).join();

/** @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
const removal = (apiVersion: string, kind: string) =>
  removed.find((one) => one.apiVersion === apiVersion && (one.kinds?.includes(kind) ?? true));

/** Whether a kind is, or was, in one of the API groups of Kubernetes itself. */
export const isBuiltIn = (apiVersion: string, kind: string): boolean =>
  removal(apiVersion, kind) !== undefined ||
  [...kubernetes().kinds.keys()].some((known) => groupOf(known.split(' ')[0] ?? '') === groupOf(apiVersion));

/** Everything in an object that Kubernetes refuses, whatever the cluster: fields, types, words, combinations. */
export function misfits(object: {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: unknown;
}): Misfit[] {
  const { apiVersion, kind, metadata } = object;
  const gone = removal(apiVersion, kind);
  const type = gone ? undefined : kubernetes().kinds.get(`${apiVersion} ${kind}`);
  if (type) return inFields(object, type, []);
  return [
    ...(gone
      ? [
          {
            path: ['apiVersion'],
            wrong: `has had no ${kind} since Kubernetes ${gone.since}`,
            remedy: gone.use
              ? `Use ${gone.use}, in which some fields have other names: https://kubernetes.io/docs/reference/using-api/deprecation-guide/`
              : 'Remove it: nothing took its place under this name',
            blocks: false,
          },
        ]
      : type === undefined && isBuiltIn(apiVersion, kind)
        ? [unknownKind(apiVersion, kind)]
        : []),
    // Whatever the kind, Kubernetes itself reads the metadata.
    ...inFields(metadata, 'meta.v1.ObjectMeta', ['metadata']),
  ];
}

function unknownKind(apiVersion: string, kind: string): Misfit {
  const known = [...kubernetes().kinds.keys()].map((one) => one.split(' '));
  const versions = known.flatMap(([version = '', name]) => (name === kind ? version : []));
  const right = versions.find((version) => !/alpha|beta/.test(version)) ?? versions[0];
  const similar = known.flatMap(([version, name = '']) => (version === apiVersion ? name : []));
  return {
    path: [right === undefined ? 'kind' : 'apiVersion'],
    wrong: `${right === undefined ? `is not a kind of ${apiVersion}` : `has no ${kind}`} in Kubernetes 1.27 to 1.37`,
    remedy: right === undefined ? `${didYouMean(kind, similar)}Correct it` : `Use ${right}`,
    blocks: false,
  };
}

function inFields(value: unknown, type: string, path: Path): Misfit[] {
  if (!isObject(value)) return [{ path, wrong: 'is not an object', blocks: true }];
  const fields = kubernetes().types.get(type);
  if (!fields) return [];
  return [
    ...[...fields].flatMap(([name, field]) => ofField(value[name], name, field, type, path)),
    ...Object.keys(value)
      .filter((name) => !fields.has(name))
      .map((name) => ({
        path: [...path, name],
        wrong: 'is an unknown field',
        remedy: `${didYouMean(name, fields.keys())}kubectl refuses it, and other clients drop it without a warning`,
        blocks: false,
      })),
    ...refusals(type, value, path),
  ];
}

function ofField(value: unknown, name: string, { type, required }: Field, of: string, path: Path): Misfit[] {
  const here = [...path, name];
  if (value !== undefined) return inValue(value, type, `${of}#${name}`, here);
  return required ? [{ path: here, wrong: 'is missing', blocks: true }] : [];
}

/** @param field whose value it is, or in whose list or map it is: `core.v1.Container#ports` */
function inValue(value: unknown, type: Type, field: string, path: Path): Misfit[] {
  const name = kubernetes().nameOf(type);
  if (name && !/IntOrString$|Quantity$/.test(name)) return inFields(value, name, path);
  if (type.collection?.kind === 'array') {
    const { elementtype } = type.collection;
    if (!Array.isArray(value)) return [{ path, wrong: 'is not a list', blocks: true }];
    return value.flatMap((item, i) => inValue(item, elementtype, field, [...path, i]));
  }
  if (type.collection) {
    const { elementtype } = type.collection;
    if (!isObject(value)) return [{ path, wrong: 'is not an object', blocks: true }];
    return Object.entries(value).flatMap(([key, item]) => inValue(item, elementtype, field, [...path, key]));
  }
  const wrong = name ? wrongAmount(value, name, field) : wrongValue(value, type.primitive ?? '', field);
  return wrong ? [{ path, ...wrong }] : [];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
