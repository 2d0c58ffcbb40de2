import type { Manifest } from '../../checker/manifests/manifest';
import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { LAST_APPLIED } from '../cluster/server-side-apply';
import { type Identity, keyOf } from './release';

/** Objects as the API server has them, by their keys. */
export type Live = ReadonlyMap<string, ApiObject>;

/** Those of these objects that exist. */
export const liveOf = async (kubectl: Kubectl, objects: readonly Identity[]): Promise<Live> =>
  new Map((await kubectl.existing(objects)).map((object) => [keyOf(object), object]));

/** Fields that only the API server sets. */
const OWN = ['creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid'];

/** An object without the fields that only the API server sets, to be compared with another. */
export function comparable(object: ApiObject): Manifest {
  const { status: _, ...rest } = object;
  const { annotations = {}, ...metadata } = object.metadata;
  const kept = Object.entries(annotations).filter(([key]) => key !== LAST_APPLIED);
  return {
    ...rest,
    metadata: {
      name: metadata.name,
      ...Object.fromEntries(Object.entries(metadata).filter(([field]) => !OWN.includes(field))),
      ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }),
    },
  };
}

/** What was applied last; undefined if the object does not say it. */
export function lastApplied({ metadata }: ApiObject): Manifest | undefined {
  try {
    return JSON.parse(metadata.annotations?.[LAST_APPLIED] ?? '');
  } catch {
    return undefined;
  }
}
