import type { Manifest } from '../../checker/manifests/manifest';
import { changes } from '../../checker/plan/changes';
import type { Changed } from '../../checker/plan/difference';
import type { Entry, Section } from '../../checker/plan/section';
import { wording } from '../../checker/plan/wording';
import type { ApiObject, FieldSet, ManagedFields } from '../cluster/api-object';
import { type Live, lastApplied } from './live-objects';
import { keyOf } from './release';

/** What was changed in the cluster and not in the sources, and is reverted. */
export const byHand: Section = {
  title: 'Changed by hand',
  explanation:
    'These were changed in the cluster, not in the sources. The deploy reverts them; to keep them, change the sources first.',
  entries: () => [],
};

/**
 * Of all changes, those that the sources do not make.
 * @param released what was deployed last, for objects without an annotation that says it
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
    const own = found.filter(({ path }) => !wanted.some((other) => related(dotted(path), dotted(other))));
    if (own.length === 0) return [];
    const details = own.map((change) => `${change.path}: ${wording(change)}${by(object, change.path)}`);
    return [{ about: name, what: 'was changed in the cluster; that is reverted', details, danger: true }];
  });
}

/** Of what is created, what was deployed before: it was deleted. */
export const deletedByHand = (
  created: readonly Manifest[],
  released: ReadonlyMap<string, Manifest>,
): Entry[] =>
  created
    // Finished Jobs are removed after a while.
    .filter((manifest) => manifest.kind !== 'Job' && released.has(keyOf(manifest)))
    .map(({ kind, metadata }) => ({
      about: `${kind}/${metadata.name}`,
      what: 'was deleted in the cluster; it is created again',
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

/** Whether one path leads to the other, or both are the same. */
const related = (a: string, b: string): boolean =>
  [[a, b] as const, [b, a] as const].some(([long, short]) => `${long}.`.startsWith(`${short}.`));

/** Who has written a field last, and when, if the API server knows. */
function by({ metadata }: ApiObject, path: string): string {
  const writers = (metadata.managedFields ?? [])
    .filter(
      ({ subresource, fieldsV1 }) =>
        !subresource && leaves(fieldsV1).some((leaf) => related(dotted(leaf), dotted(path))),
    )
    .sort((a, b) => ((a.time ?? '') < (b.time ?? '') ? -1 : 1));
  const last = writers.at(-1);
  return last ? ` (${writtenBy(last)})` : '';
}

/** `a[b].c` as `a.b.c` */
const dotted = (path: string): string => path.replaceAll(/\[([^\]]*)\]/g, '.$1');

const writtenBy = ({ manager, time }: ManagedFields): string =>
  `${manager}, ${(time ?? '').slice(0, 16).replace('T', ' ')}`;

/** Programs with which people change objects by hand; `kubectl apply` is not one of them. */
const PEOPLE =
  /^(kubectl-(?!client-side-apply|rollout|create|last-applied)|kubectl$|Mozilla|node-fetch|dashboard|k9s|lens|OpenLens)/i;

/** Fields that only such a program has set, and that a deploy does not change: `ServiceAccount/web imagePullSecrets`. */
export const keptByHand = (live: Live, changed: readonly Changed[]): string[] =>
  [...live.values()].flatMap((object) => {
    const { kind, metadata } = object;
    const changes = changed
      .filter(({ name }) => name === `${kind}/${metadata.name}`)
      .flatMap((one) => one.changes);
    const isChanged = (path: string) => changes.some((one) => related(dotted(path), dotted(one.path)));
    const entries = metadata.managedFields ?? [];
    const people = entries.filter(({ manager, subresource }) => !subresource && PEOPLE.test(manager ?? ''));
    const others = entries
      .filter((entry) => !people.includes(entry))
      .flatMap(({ fieldsV1 }) => leaves(fieldsV1));
    return people.flatMap((entry) =>
      leaves(entry.fieldsV1)
        .filter((path) => !others.includes(path) && !isChanged(path))
        .map((path) => `${kind}/${metadata.name} ${path} (${writtenBy(entry)})`),
    );
  });

/** The paths of a manager's fields: `spec.template.spec.containers[web].env[X].value`. */
function leaves(fields: FieldSet = {}, path = ''): string[] {
  const keys = Object.keys(fields).filter((key) => key !== '.');
  if (keys.length === 0) return path === '' ? [] : [path];
  return keys.flatMap((key) => leaves(fields[key], step(path, key)));
}

function step(path: string, key: string): string {
  if (key.startsWith('f:')) return path === '' ? key.slice(2) : `${path}.${key.slice(2)}`;
  const item = key.startsWith('k:') ? Object.values(JSON.parse(key.slice(2)))[0] : key.replace(/^[a-z]:/, '');
  return `${path}[${item}]`;
}
