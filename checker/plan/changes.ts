import { isAmount, keptAlike } from '../manifests/amounts';
import { dig, fieldOf, isObject } from '../manifests/workloads';

/** One place in which two objects differ. */
export interface Change {
  /** As findings write it: `spec.template.spec.containers[web].image`. */
  readonly path: string;
  /** Undefined: was not there. */
  readonly before?: unknown;
  /** Undefined: is not there any more. */
  readonly after?: unknown;
}

/** Every place in which two values differ, as deep as they can be compared; empty if they say the same. */
export function changes(before: unknown, after: unknown, path = ''): Change[] {
  if (Array.isArray(before) && Array.isArray(after)) return ofLists(before, after, path);
  if (isMap(before) && isMap(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      changes(fieldOf(before, key), fieldOf(after, key), child(path, key)),
    );
  }
  return before === after || (isAmountAt(path) && keptAlike(before, after)) ? [] : [{ path, before, after }];
}

/** Whether a path ends in an amount: `…resources.limits.memory`, `spec.hard[requests.cpu]`. */
export function isAmountAt(path: string): boolean {
  const [, owner = '', field, item = ''] = /([\w-]+)(?:\.([\w-]+)|\[([^\]]+)\])$/.exec(path) ?? [];
  return isAmount(field ?? item, owner);
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isObject(value) && !Array.isArray(value);

/** `spec.replicas`, but `metadata.annotations[coped.org/config]`. */
const child = (path: string, key: string): string => {
  if (!/^[\w-]+$/.test(key)) return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
};

/** What identifies the items of a list, the most specific first. */
const KEYS = ['name', 'metadata.name', 'mountPath', 'path', 'host', 'topologyKey'].map(
  (path) => (item: unknown) => dig(item, path),
);

function ofLists(before: readonly unknown[], after: readonly unknown[], path: string): Change[] {
  // Most lists are the same, and that is seen sooner than what identifies their items.
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const key = KEYS.find((of) => [before, after].every((list) => isUnique(of, list)));
  if (key) return ofKeyed(before, after, path, key);
  if (before.length === after.length) {
    return before.flatMap((item, i) => changes(item, after[i], `${path}[${i}]`));
  }
  return [
    ...without(before, after).map((item) => ({ path: `${path}[]`, before: item })),
    ...without(after, before).map((item) => ({ path: `${path}[]`, after: item })),
  ];
}

const isUnique = (of: (item: unknown) => unknown, list: readonly unknown[]): boolean =>
  list.every((item) => typeof of(item) === 'string') && new Set(list.map(of)).size === list.length;

function ofKeyed(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
  key: (item: unknown) => unknown,
): Change[] {
  const [old, now] = [before, after].map((list) => new Map(list.map((item) => [key(item), item])));
  const names = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])];
  const order = (list: readonly unknown[]) =>
    list
      .map(key)
      .filter((name) => old?.has(name) && now?.has(name))
      .join(', ');
  return [
    ...names.flatMap((name) => changes(old?.get(name), now?.get(name), `${path}[${name}]`)),
    // The order can matter: init containers run in theirs.
    ...changes(order(before), order(after), `${path}, their order`),
  ];
}

/** The items of a list that another does not have, or has fewer times. */
function without(list: readonly unknown[], other: readonly unknown[]): unknown[] {
  const left = other.map((item) => JSON.stringify(item));
  return list.filter((item) => {
    const at = left.indexOf(JSON.stringify(item));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
