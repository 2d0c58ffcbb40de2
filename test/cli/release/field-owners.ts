import type { FieldSet } from '../../../cli/cluster/api-object';
import { merge } from '../fake-cluster';
import { isFields, type Stored } from '../fake-object';
import { valueAt } from '../fake-selection';

/** Path of a field, as JSON → the managers that set it. */
type Owners = Map<string, Set<string>>;

/** What the API server sets itself. */
const OWN =
  /^(apiVersion|kind|status|metadata\.(name|namespace|uid|generation|resourceVersion|managedFields))(\.|$)/;

/**
 * Sets the fields of an object as server-side apply does: what a manager sets no longer is removed, unless another one sets it.
 * @param all whether these are all fields of that manager, or more of them
 */
export function setFields(object: Stored, wanted: object, manager: string, all = true): void {
  const owners = ownersOf(object);
  const set = new Set<string>();
  for (const [path, value] of fieldsOf(wanted)) {
    const key = JSON.stringify(path);
    const isSame = JSON.stringify(valueAt(object, path)) === JSON.stringify(value);
    owners.set(key, new Set([...((isSame && owners.get(key)) || []), manager]));
    put(object, path, value);
    set.add(key);
  }
  for (const [key, managers] of all ? owners : []) {
    if (set.has(key) || !managers.delete(manager) || managers.size > 0) continue;
    owners.delete(key);
    remove(object, JSON.parse(key));
  }
  note(object, owners);
}

/** Makes one manager the owner of all fields of another. */
export function handOver(object: Stored, from: string, to: string): void {
  const owners = ownersOf(object);
  for (const managers of owners.values()) if (managers.delete(from)) managers.add(to);
  note(object, owners);
}

/** Fields and their values; a list is one field. */
function fieldsOf(value: unknown, path: readonly string[] = []): [path: readonly string[], value: unknown][] {
  if (OWN.test(path.join('.')) || value === undefined) return [];
  const inner = isFields(value) ? Object.entries(value) : [];
  if (inner.length === 0) return path.length > 1 ? [[path, value]] : [];
  return inner.flatMap(([key, item]) => fieldsOf(item, [...path, key]));
}

function ownersOf({ metadata }: Stored): Owners {
  const owners: Owners = new Map();
  const walk = (fields: FieldSet, manager: string, path: readonly string[]) => {
    const key = JSON.stringify(path);
    if (Object.keys(fields).length === 0) owners.set(key, new Set(owners.get(key)).add(manager));
    for (const [name, inner] of Object.entries(fields))
      walk(inner, manager, [...path, name.slice('f:'.length)]);
  };
  for (const { manager, fieldsV1 } of metadata.managedFields ?? []) walk(fieldsV1 ?? {}, manager ?? '', []);
  return owners;
}

/** Writes the owners into the object, as the API server does. */
function note(object: Stored, owners: Owners): void {
  const managers = [...new Set([...owners.values()].flatMap((some) => [...some]))];
  object.metadata.managedFields = managers.map((manager) => {
    const fieldsV1 = {};
    for (const [key, some] of owners) {
      const path: string[] = JSON.parse(key);
      if (some.has(manager))
        put(
          fieldsV1,
          path.map((name) => `f:${name}`),
          {},
        );
    }
    const operation = manager === 'coped' ? 'Apply' : 'Update';
    return { manager, operation, time: '2026-01-02T03:04:05Z', fieldsV1 };
  });
}

function put(object: object, path: readonly string[], value: unknown): void {
  const [last = '', ...above] = [...path].reverse();
  merge(
    object,
    above.reduce<object>((inner, key) => ({ [key]: inner }), { [last]: value }),
  );
}

/** Removes a field, and what is empty then. */
function remove(object: object, [key = '', ...rest]: readonly string[]): void {
  const inner: unknown = Reflect.get(object, key);
  if (rest.length > 0 && isFields(inner)) remove(inner, rest);
  if (rest.length === 0 || (isFields(inner) && Object.keys(inner).length === 0))
    Reflect.deleteProperty(object, key);
}
