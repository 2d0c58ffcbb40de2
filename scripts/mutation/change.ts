/** What is done to an object: operators.yaml says what the fields mean. */
export interface Change {
  readonly within?: string;
  readonly when?: Readonly<Record<string, string>>;
  readonly along?: Change;
  readonly changes?: readonly Change[];
  /** `set` and the others: path → what belongs to it, or paths alone. */
  readonly [edit: string]: unknown;
}

/** Changes an object; returns the place and what is there now, or undefined where the object has no such place. */
type Edit = (object: unknown) => string | undefined;

/** The keys that lead to a place in an object. */
type Place = readonly string[];

/** What comes to a place, of what is said there in operators.yaml; undefined leaves the place alone. */
type NewValue = (given: unknown, old: unknown, good: unknown, place: Place) => unknown;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const at = (value: unknown, place: Place): unknown =>
  place.reduce<unknown>((parent, key) => (isRecord(parent) ? parent[key] : undefined), value);

const NEW_VALUES: Readonly<Record<string, NewValue>> = {
  set: (to) => to,
  swap: (two, old) => listOf(two)[old === listOf(two)[1] ? 0 : 1],
  copy: (path, _, good) => at(good, String(path).split('.')),
  merge: (fields, old) => ({ ...Object(old), ...Object(fields) }),
  increase: (_, old) => Number(old) + 1,
  replace: (how, old) => {
    const [from, to] = listOf(how).map(String);
    return typeof old === 'string' ? old.replace(new RegExp(from ?? '', 's'), to ?? '') : undefined;
  },
  append: (item, old) => [...listOf(old), item],
  next: (_, __, good, place) => {
    const list = listOf(at(good, place.slice(0, -2)));
    const [i, field] = place.slice(-2);
    return at(list[(Number(i) + 1) % list.length], [field ?? '']);
  },
};

/** What comes into the place of an item. */
const REPLACEMENTS: Readonly<Record<string, (item: unknown) => object[] | undefined>> = {
  remove: () => [],
  split: (peer) => {
    const selectors = ['namespaceSelector', 'podSelector'].map((field) => ({ [field]: at(peer, [field]) }));
    return selectors.some((one) => Object.values(one).includes(undefined)) ? undefined : selectors;
  },
};

/** The edits that a change means for an object: one for each place in which it can be made. */
export function editsOf(change: Change, good: unknown): Edit[] {
  const { within, when = {}, along, changes = [], ...fields } = change;
  if (within !== undefined) {
    return placesAt(good, within).flatMap((place) => {
      const inner = at(good, place);
      if (inner === undefined) return [];
      return editsOf({ ...change, within: undefined }, inner).map((edit) => (object: unknown) => {
        const what = edit(at(object, place));
        return what && [...place, what].join('.');
      });
    });
  }
  const matches = ([path, pattern]: [string, string]) =>
    placesAt(good, path)
      .map((place) => at(good, place))
      .some((value) => value !== undefined && new RegExp(pattern).test(String(value)));
  if (!Object.entries(when).every(matches)) return [];
  const also = along ? editsOf(along, good) : [];
  return [
    ...changes.flatMap((one) => editsOf(one, good)),
    ...Object.entries(fields).flatMap(([field, paths]) => ofField(field, paths, good)),
  ].map((edit) => (object) => {
    for (const other of also) other(object);
    return edit(object);
  });
}

function ofField(field: string, paths: unknown, good: unknown): Edit[] {
  const entries: [string, unknown][] = Array.isArray(paths)
    ? paths.map((path) => [path, undefined])
    : Object.entries(Object(paths));
  if (field === 'values') {
    return entries.flatMap(([path, all]) =>
      listOf(all).flatMap((to) => ofField('set', { [path]: to }, good)),
    );
  }
  const [newValue, replacement] = [NEW_VALUES[field], REPLACEMENTS[field]];
  return entries.flatMap(([path, given]) =>
    placesAt(good, path).map((place): Edit => {
      if (newValue) return (object) => put(object, place, newValue(given, at(good, place), good, place));
      if (replacement) return (object) => replaceItem(object, place, replacement);
      throw new Error(`operators.yaml: ${field} is no change`);
    }),
  );
}

/**
 * The places that a path leads to. Its parts: `a`, whether it exists or not; `[a.b]`, the same for a key with dots; `*`, every item
 * or key; `{a,b}`, those of these that exist; `/x/`, every key that matches, or every item of a list whose name does.
 */
function placesAt(value: unknown, path: string): Place[] {
  const parts = path.match(/\[[^\]]+\]|\{[^}]+\}|\/[^/]+\/|[^.[\]{}/]+/g) ?? [];
  return parts.reduce<string[][]>(
    (places, part) => places.flatMap((place) => keysOf(at(value, place), part).map((key) => [...place, key])),
    [[]],
  );
}

function keysOf(value: unknown, part: string): string[] {
  const inside = part.slice(1, -1);
  if (part.startsWith('[')) return [inside];
  if (!/^[*{/]/.test(part)) return [part];
  const existing = isRecord(value) ? Object.keys(value) : [];
  if (part === '*') return existing;
  if (part.startsWith('{')) return inside.split(',').filter((key) => existing.includes(key));
  const nameOf = (key: string) => (Array.isArray(value) ? String(at(value, [key, 'name'])) : key);
  return existing.filter((key) => new RegExp(inside).test(nameOf(key)));
}

/** Sets what is at a place; objects on the way are made where they are missing. */
function put(object: unknown, place: Place, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  let parent = object;
  for (const key of place.slice(0, -1)) {
    if (!isRecord(parent)) return undefined;
    parent[key] ??= {};
    parent = parent[key];
  }
  const last = place.at(-1) ?? '';
  if (!isRecord(parent) || JSON.stringify(parent[last]) === JSON.stringify(value)) return undefined;
  parent[last] = value;
  return `${place.join('.')}: ${JSON.stringify(value)}`;
}

/** Puts others into the place of an item of a list. Nothing of it is left where that is not a list. */
function replaceItem(
  object: unknown,
  place: Place,
  others: (item: unknown) => object[] | undefined,
): string | undefined {
  const parent = at(object, place.slice(0, -1));
  const last = place.at(-1) ?? '';
  if (!isRecord(parent) || parent[last] === undefined) return undefined;
  const items = others(parent[last]);
  if (items === undefined) return undefined;
  if (Array.isArray(parent)) parent.splice(Number(last), 1, ...items);
  else delete parent[last];
  return `${place.join('.')}: ${items.length > 0 ? JSON.stringify(items) : 'removed'}`;
}
