import type { Manifest } from '../../checker/manifests/manifest';
import { nameOf, once } from '../../checker/manifests/workloads';
import type { Finding } from '../../checker/problem';
import { at, type Place } from './objects';

type Step = string | number;

/**
 * File and line of a finding: its object, and as much of the path as there is. Paths name the items of lists by
 * their name, as in `spec.template.spec.containers[web].image`.
 */
export function lineOf({ where }: Finding, places: ReadonlyMap<Manifest, Place>): string | undefined {
  const [object = '', path = ''] = where.split(' ', 2);
  const manifest = byName(places).get(object);
  return manifest && at(places.get(manifest), steps(path, manifest));
}

/** The first of each name: findings do not say of which namespace theirs is. */
const byName = once(
  (places: ReadonlyMap<Manifest, Place>): ReadonlyMap<string, Manifest> =>
    new Map([...places.keys()].reverse().map((manifest) => [nameOf(manifest), manifest])),
);

function steps(path: string, manifest: Manifest): Step[] {
  const found: Step[] = [];
  let value: unknown = manifest;
  for (const [, field, item] of path.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)) {
    const step = field ?? (Array.isArray(value) ? indexOf(value, item ?? '') : item);
    if (step === undefined || typeof value !== 'object' || value === null) break;
    found.push(step);
    value = (value as Record<Step, unknown>)[step];
  }
  return found;
}

/** `[web]` is the item with this name, `[0]` the first; volume claim templates keep theirs in the metadata. */
function indexOf(items: readonly unknown[], item: string): number | undefined {
  const named = items.findIndex((candidate) => {
    const { name, path, metadata } = (candidate ?? {}) as Record<string, unknown> & {
      metadata?: { name?: unknown };
    };
    return [name, path, metadata?.name].includes(item);
  });
  if (named >= 0) return named;
  return /^\d+$/.test(item) ? Number(item) : undefined;
}
