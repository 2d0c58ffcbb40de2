import type { Manifest } from '../../checker/manifests/manifest';
import { fieldOf } from '../../checker/manifests/workloads';
import type { Finding } from '../../checker/problem';
import type { Objects } from './objects';

type Step = string | number;

/**
 * File and line of each object that a finding is about: several where one is written twice. As much of the path counts as there
 * is. Paths name the items of lists by their name, as in `spec.template.spec.containers[web].image`.
 */
export const placesOf = (
  { where, objects = [] }: Pick<Finding, 'where' | 'objects'>,
  { manifests, places }: Pick<Objects, 'manifests' | 'places'>,
): readonly { readonly file: string; readonly line: number }[] =>
  objects.flatMap((position) => {
    const manifest = manifests[position];
    const place = manifest && places.get(manifest);
    const path = where.slice(where.indexOf(' ') + 1);
    return place ? { file: place.file, line: place.line(steps(path, manifest)) } : [];
  });

function steps(path: string, manifest: Manifest): Step[] {
  const found: Step[] = [];
  let value: unknown = manifest;
  for (const [, field, item] of path.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)) {
    const step = field ?? (Array.isArray(value) ? indexOf(value, item ?? '') : item);
    if (step === undefined || typeof value !== 'object' || value === null) break;
    found.push(step);
    value = fieldOf(value, String(step));
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
