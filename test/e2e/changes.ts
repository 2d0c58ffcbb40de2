import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isObject } from '../../checker/manifests/workloads';
import type { Manifest } from '../manifest';

/** Puts a value at a path into an object; null takes away what is there. */
export function set(object: object, [key = '', ...rest]: readonly string[], value: unknown): void {
  const child = Reflect.get(object, key);
  if (rest.length > 0) {
    const inner = isObject(child) ? child : {};
    set(inner, rest, value);
    Reflect.set(object, key, inner);
  } else if (value === null) Reflect.deleteProperty(object, key);
  else Reflect.set(object, key, value);
}

/** A copy into which a change is merged, as deep as both have maps. */
export const changed = <T>(object: T, change: unknown): T => merged(object, change) as T;

const merged = (object: unknown, change: unknown): unknown =>
  isMap(object) && isMap(change)
    ? { ...object, ...mapValues(change, (value, key) => merged(object[key], value)) }
    : (change ?? undefined);

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isObject(value) && !Array.isArray(value);

const mapValues = (map: Readonly<Record<string, unknown>>, to: (value: unknown, key: string) => unknown) =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, to(value, key)]));

/** A manifest from a file, with values in the places of `$name`. */
export const filled = (folder: string, file: string, values: Readonly<Record<string, unknown>>): Manifest =>
  parse(
    readFileSync(join(folder, file), 'utf8').replaceAll(/\$(\w+)/g, (whole, name) =>
      name in values ? JSON.stringify(values[name]) : whole,
    ),
  );
