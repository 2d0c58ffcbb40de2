import { didYouMean } from '../../formats/nearest';
import { refusals } from './kubernetes/refused';
import removed from './kubernetes/removed.json';
import { kubernetes, type Misfit, type Type } from './kubernetes/types';
import { wrongAmount, wrongValue } from './kubernetes/values';

export type { Misfit };

/** Whether rules cannot read the object that has it. */
export const blocks = ({ blocks }: Misfit): boolean => blocks;

type Path = Misfit['path'];

const groupOf = (apiVersion: string): string => apiVersion.split('/').slice(0, -1).join();

const DEPRECATIONS = 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/';

/** What DEPRECATIONS says of a kind. */
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
  const type = kubernetes().kinds.get(`${apiVersion} ${kind}`);
  const gone = removal(apiVersion, kind);
  if (type && !gone) return inFields(object, type, []);
  return [
    ...(gone || (type === undefined && isBuiltIn(apiVersion, kind)) ? [notServed(apiVersion, kind)] : []),
    // Whatever the kind, Kubernetes itself reads the metadata.
    ...inFields(metadata, 'meta.v1.ObjectMeta', ['metadata']),
  ];
}

function notServed(apiVersion: string, kind: string): Misfit {
  const gone = removal(apiVersion, kind);
  const known = [...kubernetes().kinds.keys()].map((one) => one.split(' '));
  const right = known.filter(([, name]) => name === kind).map(([version = '']) => version);
  const similar = known.filter(([version]) => version === apiVersion).map(([, name = '']) => name);
  const use = gone ? gone.use : (right.find((version) => !/alpha|beta/.test(version)) ?? right[0]);
  const other = gone && `; ${DEPRECATIONS} says which fields have other names there`;
  const since = gone ? `since Kubernetes ${gone.since}` : 'in Kubernetes 1.27 to 1.37';
  return {
    path: [gone || use ? 'apiVersion' : 'kind'],
    wrong: gone || use ? `has no ${kind} ${since}` : `is not a kind of ${apiVersion} ${since}`,
    remedy: use
      ? `Use ${use}${other ?? ''}`
      : `${didYouMean(kind, similar)}${gone ? 'Remove it' : 'Correct it'}`,
    blocks: false,
  };
}

function inFields(value: unknown, type: string, path: Path): Misfit[] {
  if (!isObject(value)) return [{ path, wrong: 'is not an object', blocks: true }];
  const fields = kubernetes().types.get(type);
  if (!fields) return [];
  return [
    ...[...fields].flatMap(([name, field]): Misfit[] => {
      const here = [...path, name];
      if (value[name] !== undefined) return inValue(value[name], field.type, `${type}#${name}`, here);
      return field.required ? [{ path: here, wrong: 'is missing', blocks: true }] : [];
    }),
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

/** @param field whose value it is, or in whose list or map it is: `core.v1.Container#ports` */
function inValue(value: unknown, type: Type, field: string, path: Path): Misfit[] {
  const name = kubernetes().nameOf(type);
  if (name && !/IntOrString$|Quantity$/.test(name)) return inFields(value, name, path);
  const { kind, elementtype = {} } = type.collection ?? {};
  if (kind === 'array' && !Array.isArray(value)) return [{ path, wrong: 'is not a list', blocks: true }];
  if (kind === 'map' && !isObject(value)) return [{ path, wrong: 'is not an object', blocks: true }];
  if (kind) {
    return Object.entries(value as object).flatMap(([key, item]) =>
      inValue(item, elementtype, field, [...path, Array.isArray(value) ? Number(key) : key]),
    );
  }
  const wrong = name ? wrongAmount(value, name, field) : wrongValue(value, type.primitive ?? '', field);
  return wrong ? [{ path, ...wrong }] : [];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
