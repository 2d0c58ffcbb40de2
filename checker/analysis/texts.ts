import { isA } from '../manifests/kubernetes';
import type { Manifest } from '../manifests/manifest';
import { fieldOf, isObject, once } from '../manifests/workloads';

/** An object or a list. */
export type Values = Readonly<Record<string, unknown>> | readonly unknown[];

/** How to get to a text in an object, from the inside out. */
export interface Place {
  /** What holds it. */
  readonly within: Values;
  readonly key: string | number;
  readonly outer?: Place;
}

/** A text in an object. */
export interface Text {
  readonly text: string;
  readonly place: Place;
  /** It is the key itself, not its value. */
  readonly isKey?: boolean;
}

/** Every text in an object, and every key. */
export function texts(within: Values, outer?: Place, found: Text[] = []): Text[] {
  for (const key of Array.isArray(within) ? within.keys() : Object.keys(within)) {
    const value = within[key as keyof Values];
    const place = { within, key, outer };
    if (typeof key === 'string') found.push({ text: key, place, isKey: true });
    if (typeof value === 'string') found.push({ text: value, place });
    else if (isObject(value)) texts(value, place, found);
  }
  return found;
}

/** The different texts in many objects, and what they are called. */
export interface Seen {
  readonly texts: Set<string>;
  /** Fields, and options of programs. */
  readonly fields: Set<string>;
  /** Variables, headers, and entries of ConfigMaps. */
  readonly settings: Set<string>;
  /** The values of Secrets, which are in none of the others. */
  readonly secrets: Set<string>;
}

/** A quick look: what is in some objects, but not where. */
export const seen = once((manifests: readonly Manifest[]): Seen => {
  const seen: Seen = { texts: new Set(), fields: new Set(), settings: new Set(), secrets: new Set() };
  for (const manifest of manifests) {
    see(withoutValues(manifest), seen);
    if (isA(manifest, 'ConfigMap')) for (const key in manifest.data) seen.settings.add(key);
    if (isA(manifest, 'Secret')) {
      const { data, stringData } = manifest;
      for (const values of [data, stringData])
        for (const key in values) seen.secrets.add(String(values[key]));
    }
  }
  return seen;
});

/** A Secret has values in it. */
export const withoutValues = (manifest: Manifest): Manifest =>
  isA(manifest, 'Secret') ? { ...manifest, data: undefined, stringData: undefined } : manifest;

function see(within: Values, seen: Seen): void {
  for (const key in within) {
    const value = within[key as keyof Values];
    if (key.length >= LONG) seen.texts.add(key);
    if (typeof value === 'string') {
      seen.texts.add(value);
      if (key === 'value' && isVariable(within, key)) seen.settings.add(within['name']);
      else seen.fields.add(value.startsWith('-') ? value : key);
    } else if (isObject(value)) {
      see(value, seen);
    }
  }
}

/** Shorter keys can be nothing but names. */
const LONG = 12;

/** What is written into these is a chosen name, in brackets in a path. */
const MAPS = ['annotations', 'data', 'labels', 'matchLabels', 'stringData', 'binaryData'];

/** The path as findings show it: `spec.template.spec.containers[web].env[DEBUG].value`. */
export function pathOf({ within, key, outer }: Place): string {
  const before = outer ? pathOf(outer) : '';
  if (Array.isArray(within)) return `${before}[${fieldOf(within[Number(key)], 'name') ?? key}]`;
  if (outer && MAPS.includes(String(outer.key))) return `${before}[${key}]`;
  return before === '' ? String(key) : `${before}.${key}`;
}

/** What a text is called: the variable or header whose `value` it is, the option in front of it, or its key. */
export function nameOfText({ within, key }: Place): string {
  if (Array.isArray(within)) {
    const before = within[Number(key) - 1];
    return typeof before === 'string' && before.startsWith('-') ? before : '';
  }
  return isVariable(within, key) ? within['name'] : String(key);
}

/** It is the value of an environment variable, or of an entry of a ConfigMap. */
export const isSetting = (place: Place): boolean =>
  isVariable(place.within, place.key) || (place.outer?.key === 'data' && place.outer.outer === undefined);

const isVariable = (within: Values, key: string | number): within is { readonly name: string } =>
  key === 'value' && typeof fieldOf(within, 'name') === 'string';
