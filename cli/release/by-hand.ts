import type { Manifest } from '../../checker/manifests/manifest';
import { changes } from '../../checker/plan/changes';
import type { Changed } from '../../checker/plan/difference';
import type { Entry, Section } from '../../checker/plan/section';
import { wording } from '../../checker/plan/wording';
import type { ApiObject } from '../cluster/kubectl';
import { type Live, lastApplied } from './live';
import { keyOf } from './release';

/** What somebody has changed in the cluster, past the sources, and what is put back. */
export const byHand: Section = {
  title: 'Changed by hand',
  explanation:
    'Somebody changed these in the cluster, not in the sources. The deploy puts them back; if they are meant, write them into the sources first.',
  entries: () => [],
};

/**
 * Of all that changes, what does not change because the sources do.
 *
 * @param released what was deployed last, where an object does not say it itself
 */
export function handMade(
  changed: readonly Changed[],
  manifests: ReadonlyMap<string, Manifest>,
  live: Live,
  released: ReadonlyMap<string, Manifest>,
): Entry[] {
  return changed.flatMap(({ name, after, changes: found }) => {
    const key = keyOf(after);
    const [object, manifest] = [live.get(key), manifests.get(key)];
    const before = (object && lastApplied(object)) ?? released.get(key);
    if (!object || !manifest || !before) return [];
    const wanted = changes(withoutAnnotations(before), withoutAnnotations(manifest)).map(({ path }) => path);
    const own = found.filter(
      ({ path }) => !wanted.some((other) => within(path, other) || within(other, path)),
    );
    if (own.length === 0) return [];
    const details = own.map((change) => `${change.path}: ${wording(change)}${by(object, change.path)}`);
    return [{ about: name, what: 'was changed in the cluster; that is undone', details, danger: true }];
  });
}

/** Of what is created, what had been there: somebody has deleted it. */
export const deletedByHand = (
  created: readonly Manifest[],
  released: ReadonlyMap<string, Manifest>,
): Entry[] =>
  created
    // Finished Jobs may be cleared away by anybody.
    .filter((manifest) => manifest.kind !== 'Job' && released.has(keyOf(manifest)))
    .map(({ kind, metadata }) => ({
      about: `${kind}/${metadata.name}`,
      what: 'was deleted in the cluster; it is made again',
      danger: true,
    }));

/** An empty list says the same as none: kubectl notes one where there is none. */
const withoutAnnotations = ({ metadata, ...rest }: Manifest): Manifest => {
  const { annotations, ...others } = metadata;
  return {
    ...rest,
    metadata: { ...others, ...(annotations && Object.keys(annotations).length > 0 && { annotations }) },
  } as Manifest;
};

const within = (path: string, other: string): boolean =>
  path === other || path.startsWith(`${other}.`) || path.startsWith(`${other}[`);

/** Who has written a field last, and when, if the API server knows. */
function by({ metadata }: ApiObject, path: string): string {
  const names = path.match(/[\w-]+|\[[^\]]*\]/g) ?? [];
  const writers: ApiObject[] = (metadata.managedFields ?? [])
    .filter(({ subresource, fieldsV1 }: ApiObject) => !subresource && owns(fieldsV1, names))
    .sort((a: ApiObject, b: ApiObject) => ((a.time ?? '') < (b.time ?? '') ? -1 : 1));
  const last = writers.at(-1);
  return last ? ` (${last.manager}, ${(last.time ?? '').slice(0, 16).replace('T', ' ')})` : '';
}

function owns(fields: ApiObject, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return true;
  if (fields === null || typeof fields !== 'object') return false;
  const inner = name.replace(/^\[|\]$/g, '');
  const key = Object.keys(fields).find((one) =>
    name.startsWith('[')
      ? one === `f:${inner}` || (one.startsWith('k:') && one.includes(JSON.stringify(inner)))
      : one === `f:${name}`,
  );
  // A list or a value that is owned as a whole has nothing below it.
  return key !== undefined && (Object.keys(fields[key]).length === 0 || owns(fields[key], rest));
}
