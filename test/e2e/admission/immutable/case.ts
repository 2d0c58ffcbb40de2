import type { Json } from '../../../../checker/manifests/manifest';
import type { Manifest } from '../../../manifest';
import { objects } from './objects';

/** A change to one of the objects, and what the rule has to say to it. */
export interface Case {
  readonly object: keyof typeof objects;
  readonly what: string;
  readonly before: Manifest;
  readonly after: Manifest;
  /** Path of the finding; none if Kubernetes accepts the change. */
  readonly finds?: string;
}

/** New values by path; undefined takes one away. */
type Edit = Readonly<Record<string, unknown>>;

/** Changes that Kubernetes refuses; the finding is where the first value of the edit is, unless said otherwise. */
export const refused = (
  object: Case['object'],
  ...edits: readonly (Edit | readonly [finds: string, edit: Edit])[]
): Case[] =>
  edits.map((given) => {
    const [finds, edit] = isPair(given) ? given : [Object.keys(given)[0], given];
    return { ...accept(object, edit), finds };
  });

/** Changes that Kubernetes accepts. */
export const accepted = (object: Case['object'], ...edits: readonly Edit[]): Case[] =>
  edits.map((edit) => accept(object, edit));

const isPair = (given: Edit | readonly [string, Edit]): given is readonly [string, Edit] =>
  Array.isArray(given);

function accept(object: Case['object'], edit: Edit): Case {
  const before: Manifest = objects[object];
  const after = structuredClone(before);
  for (const [path, value] of Object.entries(edit)) set(after, path.split('.'), value);
  const what = Object.entries(edit).map(([path, value]) => `${path} = ${JSON.stringify(value) ?? 'nothing'}`);
  // As JSON, which has no undefined: what was taken away is not there.
  return { object, what: what.join(', '), before, after: JSON.parse(JSON.stringify(after)) };
}

function set(object: Json, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    object[key] = value;
  } else {
    object[key] ??= {};
    set(object[key], rest, value);
  }
}
