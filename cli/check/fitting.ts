import type { Manifest } from '../../checker/manifests/manifest';
import { blocks, misfits } from './kubernetes-api';
import type { Path } from './lines';

/**
 * An object without the values of a wrong type, which rules do not expect: what others refer to is still there.
 * @returns undefined if nothing is left of it
 */
export function fitting(manifest: Manifest): Manifest | undefined {
  const rest = structuredClone(manifest);
  for (;;) {
    const wrong = misfits(rest).filter(blocks);
    if (wrong.length === 0) return rest;
    // From the back: without an item, those after it move.
    for (const { path } of wrong.reverse()) if (!remove(rest, path)) return undefined;
  }
}

type Fields = Record<string | number, unknown>;

/** Removes a value, or where it is missing what requires it. */
function remove(object: Fields, path: Path): boolean {
  const last = path.at(-1);
  const within = path.slice(0, -1);
  const parent = within.reduce<unknown>((value, step) => (value as Fields | undefined)?.[step], object);
  if (last === undefined) return false;
  // Removed already, with something around it.
  if (typeof parent !== 'object' || parent === null) return true;
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else if ((parent as Fields)[last] === undefined) return remove(object, within);
  else delete (parent as Fields)[last];
  return true;
}
