import type { Manifest } from '../../checker/manifests/manifest';
import { oneLine, type Problem } from '../../checker/problem';
import { RefusedError } from '../terminal/errors';
import { type Contents, documents, type Part } from './documents';
import { isBuiltIn, misfits } from './kubernetes-api';

/** Lines of an object, for messages. */
export interface Place {
  readonly file: string;
  readonly line: (path: readonly (string | number)[]) => number;
}

export interface Objects {
  readonly manifests: readonly Manifest[];
  readonly places: ReadonlyMap<Manifest, Place>;
  /** What Kubernetes refuses, in objects that can be read. */
  readonly refused: readonly Problem[];
  /** Remarks that are not errors. */
  readonly notes: readonly string[];
}

/**
 * The Kubernetes objects in these files, with lists split up.
 * @throws RefusedError with everything that is not an object, each with file and line
 */
export const objectsIn = (files: readonly string[]): Objects => {
  const contents = files.map(documents);
  return objectsOf({
    parts: contents.flatMap(({ parts }) => parts),
    errors: contents.flatMap(({ errors }) => errors),
  });
};

/** The same, of contents that were already read. */
export function objectsOf(contents: Contents): Objects {
  const parts = contents.parts.flatMap(items);
  const errors = [...contents.errors, ...parts.flatMap(reasons)];
  if (errors.length > 0) throw new RefusedError(errors.map(oneLine).join('\n'));
  const places = new Map(parts.map((part) => [part.value as Manifest, part]));
  const manifests = [...places.keys()];
  const foreign = new Map(
    manifests
      .filter(({ apiVersion, kind }) => !isBuiltIn(apiVersion, kind))
      .map((manifest) => [`${manifest.kind} (${manifest.apiVersion})`, manifest]),
  );
  return {
    manifests,
    places,
    refused: parts.flatMap((part) => {
      const object = part.value as Manifest;
      return misfits(object).map(({ path, wrong, remedy = 'Correct it' }) => ({
        environment: at(part, path),
        where: `${object.kind}/${object.metadata.name} ${path.join('.')}`,
        wrong,
        remedy,
      }));
    }),
    notes: [...foreign].map(
      ([kind, manifest]) =>
        `${at(places.get(manifest), ['kind'])}: ${kind} is not a built-in kind; most of its fields, and objects that are made of it, are not checked`,
    ),
  };
}

/** `folder/web.yaml:12` */
export const at = (place: Place | undefined, path: readonly (string | number)[]): string =>
  place ? `${place.file}:${place.line(path)}` : '';

/** `kubectl get -o yaml` wraps what it finds in a list. */
function items(part: Part): Part[] {
  const { kind, items } = (part.value ?? {}) as { kind?: unknown; items?: unknown };
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) return [part];
  return items.map((value, i) => ({ ...part, value, line: (path) => part.line(['items', i, ...path]) }));
}

const KIND = /^[A-Z][A-Za-z0-9]*$/;

/** Why something is not an object that can be checked; empty if it is one. */
function reasons(part: Part): string[] {
  const { value } = part;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [`${at(part, [])}: is ${Array.isArray(value) ? 'a list' : 'plain text'}, not a Kubernetes object`];
  }
  const { apiVersion, kind, metadata } = value as Record<string, unknown> & { metadata?: { name?: unknown } };
  const required = { apiVersion, kind, 'metadata.name': metadata?.name };
  const missing = Object.entries(required).filter(([, given]) => typeof given !== 'string' || given === '');
  if (missing.length > 0) {
    const fields = missing.map(([field]) => field).join(' and ');
    return [`${at(part, [])}: is not a Kubernetes object: it has no ${fields}`];
  }
  // Some names have a meaning in JavaScript.
  if (!KIND.test(String(kind))) {
    return [`${at(part, ['kind'])}: ${kind} is not a kind: kinds are written like ConfigMap`];
  }
  return misfits(value as Manifest)
    .filter(({ blocks }) => blocks)
    .map(({ path, wrong }) => `${at(part, path)}: ${kind}/${metadata?.name} ${path.join('.')} ${wrong}`);
}
