import { z } from 'zod';
import type { Manifest } from '../../../checker/manifests/manifest';
import { nameOf } from '../../../checker/manifests/workloads';

const NAMESPACE = 'coped-test';

const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});

/** What a case does to the small environment, in this order. */
export const change = z.strictObject({
  /** Objects that are removed: `Service/web`, or `*` for all. */
  without: z.array(z.string()).optional(),
  /** Objects that are added, at the end; their namespace is that of the environment unless they name one. */
  add: z.array(manifest).optional(),
  /** Path of a list → what is added to it. */
  append: z.record(z.string(), z.array(z.unknown())).optional(),
  /** Fields that are removed. */
  remove: z.array(z.string()).optional(),
  /** Path of a field → its value. The field may be new, what it is in may not. */
  set: z.record(z.string(), z.unknown()).optional(),
});
export type Change = z.infer<typeof change>;

/** The objects after a change; those given stay as they are. */
export function changed(before: readonly Manifest[], wanted: Change): Manifest[] {
  const { without = [], add = [], remove = [], set = {}, append = {} } = wanted;
  const missing = without.filter((name) => name !== '*' && !before.some((object) => nameOf(object) === name));
  if (missing.length > 0) throw new Error(`There is no ${missing.join(', ')}`);
  // As JSON they share no parts: a change to one changes no other.
  const manifests: Manifest[] = JSON.parse(
    JSON.stringify([
      ...before.filter((object) => !without.some((name) => name === '*' || name === nameOf(object))),
      ...add.map(({ metadata, ...rest }) => ({ ...rest, metadata: { namespace: NAMESPACE, ...metadata } })),
    ]),
  );
  for (const [path, items] of Object.entries(append)) {
    const { parent, key } = place(manifests, path);
    const list = parent[key];
    if (!Array.isArray(list)) throw new Error(`There is no list ${path}`);
    list.push(...structuredClone(items));
  }
  for (const path of remove) {
    const { parent, key } = place(manifests, path);
    if (!(key in parent)) throw new Error(`There is no ${path}`);
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  }
  for (const [path, value] of Object.entries(set)) {
    const { parent, key } = place(manifests, path);
    parent[key] = structuredClone(value);
  }
  return manifests;
}

type Parent = Record<string, unknown>;

/** Where a path of a finding leads: `Deployment/web spec.template.spec.containers[web].env[PORT].value`. */
export function place(manifests: readonly Manifest[], path: string): { parent: Parent; key: string } {
  const space = path.indexOf(' ');
  const name = path.slice(0, space);
  const steps = [...path.slice(space + 1).matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map(
    ([all, inner]) => inner ?? all,
  );
  const last = steps.pop();
  const object = manifests.find((manifest) => nameOf(manifest) === name);
  if (space < 0 || !object || last === undefined) throw new Error(`There is no object for ${path}`);
  const parent = steps.reduce<unknown>(
    (value, step) => (isParent(value) ? value[keyOf(value, step)] : value),
    object,
  );
  if (!isParent(parent)) throw new Error(`There is nothing that ${path} could be in`);
  const key = keyOf(parent, last);
  if (Array.isArray(parent) && !(key in parent)) throw new Error(`There is no ${path}`);
  return { parent, key };
}

const isParent = (value: unknown): value is Parent => typeof value === 'object' && value !== null;

/** What an item of a list may be called by. */
const NAMES = ['name', 'path', 'mountPath', 'type'];

/** The key of a field, or the number of an item that has this name or number. */
function keyOf(parent: Parent, step: string): string {
  if (!Array.isArray(parent)) return step;
  const items: unknown[] = parent;
  const named = items.findIndex(
    (item) =>
      isParent(item) &&
      (NAMES.some((field) => item[field] === step) ||
        (isParent(item.metadata) && item.metadata.name === step)),
  );
  return named < 0 ? step : String(named);
}
