import { isAmount, sameAmount } from '../manifests/amounts';
import { fieldOf, isObject } from '../manifests/workloads';
import defaults from './defaults.json';

/** A place where two values are not the same to Kubernetes. */
export interface Change {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The defaults of the API server. The names mean the same wherever they occur. */
const DEFAULTS: unknown = defaults;

/**
 * The first change between two values of a field; undefined if Kubernetes takes one for the other. An empty list or
 * object means as little as none.
 */
export function firstChange(
  before: unknown,
  after: unknown,
  path: string,
  name = '',
  owner = '',
): Change | undefined {
  const [old, now] = [before, after].map((value) => value ?? fieldOf(DEFAULTS, name));
  if (old === now) return undefined;
  if (isObject(old) || isObject(now)) {
    const keys = new Set([old, now].filter(isObject).flatMap(Object.keys));
    for (const key of keys) {
      const [left, right] = [fieldOf(old, key), fieldOf(now, key)];
      const change = firstChange(left, right, path + step(right ?? left, key, old ?? now), key, name);
      if (change) return change;
    }
    return undefined;
  }
  return isAmount(name, owner) && sameAmount(old, now) ? undefined : { path, before: old, after: now };
}

const step = (value: unknown, key: string, owner: unknown): string =>
  Array.isArray(owner) ? `[${fieldOf(value, 'name') ?? key}]` : `.${key}`;
