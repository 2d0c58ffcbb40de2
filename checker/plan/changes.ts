import type { Json } from '../manifests/workloads';

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
export function changes(before: Json, after: Json, path = ''): Change[] {
  if (Array.isArray(before) && Array.isArray(after)) return ofLists(before, after, path);
  if (isObject(before) && isObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      changes(before[key], after[key], child(path, key)),
    );
  }
  return before === after ? [] : [{ path, before, after }];
}

const isObject = (value: Json): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `spec.replicas`, but `metadata.annotations[coped.org/config]`. */
const child = (path: string, key: string): string => {
  if (!/^[\w-]+$/.test(key)) return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
};

/** What tells the items of a list apart, the most telling first. */
const KEYS: readonly ((item: Json) => unknown)[] = [
  (item) => item?.name,
  (item) => item?.metadata?.name,
  (item) => item?.mountPath,
  (item) => item?.path,
  (item) => item?.host,
  (item) => item?.topologyKey,
];

function ofLists(before: readonly Json[], after: readonly Json[], path: string): Change[] {
  // Most lists are the same, and that is seen sooner than what tells their items apart.
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const key = KEYS.find((of) => [before, after].every((list) => tellsApart(of, list)));
  if (key) return ofKeyed(before, after, path, key);
  if (before.length === after.length) {
    return before.flatMap((item, i) => changes(item, after[i], `${path}[${i}]`));
  }
  return [
    ...without(before, after).map((item) => ({ path: `${path}[]`, before: item })),
    ...without(after, before).map((item) => ({ path: `${path}[]`, after: item })),
  ];
}

const tellsApart = (of: (item: Json) => unknown, list: readonly Json[]): boolean =>
  list.every((item) => typeof of(item) === 'string') && new Set(list.map(of)).size === list.length;

function ofKeyed(
  before: readonly Json[],
  after: readonly Json[],
  path: string,
  key: (item: Json) => unknown,
): Change[] {
  const [old, now] = [before, after].map((list) => new Map(list.map((item) => [key(item), item])));
  const names = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])];
  const order = (list: readonly Json[]) =>
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
function without(list: readonly Json[], other: readonly Json[]): Json[] {
  const left = other.map((item) => JSON.stringify(item));
  return list.filter((item) => {
    const at = left.indexOf(JSON.stringify(item));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
