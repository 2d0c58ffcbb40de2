/** The keys that lead to a place in an object. */
type Place = readonly string[];

/** Changes an object; returns the place and what is there now, or undefined where the object has no such place. */
export type Edit = (object: unknown) => string | undefined;

/** The edits that one mistake means for an object: one for each place in which it can be made. */
export type Change = (good: unknown) => Edit[];

/** A new value, or how to make it of the old one; undefined leaves the place alone. */
type Value = object | string | number | boolean | ((old: unknown, good: unknown, place: Place) => unknown);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

export const at = (value: unknown, place: Place): unknown =>
  place.reduce<unknown>((parent, key) => (isRecord(parent) ? parent[key] : undefined), value);

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

/** Sets what a path leads to; objects on the way are made where they are missing. */
export const set =
  (path: string, to: Value): Change =>
  (good) =>
    placesAt(good, path).map((place) => (object) => {
      const value = typeof to === 'function' ? to(at(good, place), good, place) : to;
      return value === undefined ? undefined : put(object, place, value);
    });

function put(object: unknown, place: Place, value: unknown): string | undefined {
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

/** Replaces something in each text that a path leads to. */
export const replace = (path: string, from: string | RegExp, to: string): Change =>
  set(path, (old) => (typeof old === 'string' ? old.replace(from, to) : undefined));

/** Adds an item to a list, which may be missing. */
export const append = (path: string, item: object | string): Change =>
  set(path, (old) => [...(Array.isArray(old) ? old : []), item]);

/** Deletes what a path leads to. */
export const remove = (path: string): Change => replaceItem(path, () => []);

/** Puts others into the place of an item of a list. Nothing of it is left where that is not a list. */
export const replaceItem =
  (path: string, others: (item: unknown) => readonly object[] | undefined): Change =>
  (good) =>
    placesAt(good, path).map((place) => (object) => {
      const parent = at(object, place.slice(0, -1));
      const last = place.at(-1) ?? '';
      if (!isRecord(parent) || parent[last] === undefined) return undefined;
      const items = others(parent[last]);
      if (items === undefined) return undefined;
      if (Array.isArray(parent)) parent.splice(Number(last), 1, ...items);
      else delete parent[last];
      return `${place.join('.')}: ${items.length > 0 ? JSON.stringify(items) : 'removed'}`;
    });

/** Changes of each object that a path leads to. */
export const within =
  (path: string, ...changes: readonly Change[]): Change =>
  (good) =>
    placesAt(good, path)
      .filter((place) => at(good, place) !== undefined)
      .flatMap((place) =>
        changes
          .flatMap((change) => change(at(good, place)))
          .map((edit) => (object: unknown) => {
            const what = edit(at(object, place));
            return what && [...place, what].join('.');
          }),
      );

/** Changes of objects that have a value at a path, and one that matches. */
export const when =
  (path: string, matches: RegExp, ...changes: readonly Change[]): Change =>
  (good) =>
    placesAt(good, path).some(
      (place) => at(good, place) !== undefined && matches.test(String(at(good, place))),
    )
      ? changes.flatMap((change) => change(good))
      : [];

/** A change, made together with another one. */
export const along =
  (other: Change, change: Change): Change =>
  (good) =>
    change(good).map((edit) => (object) => {
      for (const also of other(good)) also(object);
      return edit(object);
    });
