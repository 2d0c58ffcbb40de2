import type { Manifest } from '../../checker/manifests/manifest';
import { differences } from '../../rules/allowed-differences';
import { type Differing, differing, matcher } from '../../rules/differences';

/** Differences between an environment and its model that are declared with one reason. */
export interface Explained {
  readonly why: string;
  readonly places: readonly { readonly place: string; readonly own: string; readonly model: string }[];
}

/** Every declared difference, with the values that it has. */
export function explained(manifests: readonly Manifest[], model: readonly Manifest[]): Explained[] {
  const found = differing(manifests, model);
  return differences.map(({ places, why }) => ({
    why,
    places: places.map((place) => {
      const here = found.filter((difference) => matcher(place)(difference.place));
      return { place, own: values(here, 'after'), model: values(here, 'before') };
    }),
  }));
}

/** The values of one side; with their fields, where a pattern means several. */
function values(found: readonly Differing[], side: 'before' | 'after'): string {
  const several = new Set(found.map((difference) => difference[side])).size > 1;
  return [
    ...new Set(
      found.map((difference) =>
        several ? `${field(difference.path)}${difference[side]}` : String(difference[side]),
      ),
    ),
  ].join(', ');
}

/** `spec.hard[limits.memory]` and `….resources.limits.memory` → limits.memory; an item of a list has only its number. */
function field(path: string): string {
  const [, key] = /\[([^\]]+)\]$/.exec(path) ?? [];
  if (key === undefined) return `${path.split('.').slice(-2).join('.')} `;
  return /^\d+$/.test(key) ? '' : `${key} `;
}
