import { isObject } from '../checker/manifests/workloads';

/** New values by path, as test cases in YAML write them; null removes one, `-` adds to the end of a list. */
export type Edit = Readonly<Record<string, unknown>>;

/** Changes an object: `edit(deployment, { 'spec.template.spec.containers.0.image': 'other' })`. */
export function edit(object: object, changes: Edit): void {
  for (const [path, value] of Object.entries(changes)) setAt(object, path.split('.'), structuredClone(value));
}

/** The same for one path, whose keys may have dots in them. */
export function setAt(object: object, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length > 0) {
    const child = Reflect.get(object, key);
    const inner = isObject(child) ? child : rest[0] === '-' ? [] : {};
    setAt(inner, rest, value);
    Reflect.set(object, key, inner);
  } else if (Array.isArray(object) && key === '-') object.push(value);
  else if (Array.isArray(object) && value === null) object.splice(Number(key), 1);
  else if (value === null) Reflect.deleteProperty(object, key);
  else Reflect.set(object, key, value);
}
