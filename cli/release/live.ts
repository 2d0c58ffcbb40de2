import type { Manifest } from '../../checker/manifests/manifest';
import { type ApiObject, type Kubectl, listOf } from '../cluster/kubectl';
import { LAST_APPLIED } from '../cluster/last-applied';
import { type Identity, identityOf, keyOf } from './release';

/** Objects as the API server has them, by their keys. */
export type Live = ReadonlyMap<string, ApiObject>;

/** Those of these objects that are there; kinds that the cluster does not know must be left out. */
export async function liveOf(kubectl: Kubectl, objects: readonly Identity[]): Promise<Live> {
  if (objects.length === 0) return new Map();
  const args = ['get', '--ignore-not-found', '--output=json', '--show-managed-fields', '--filename=-'];
  const text = await kubectl.run(args, { input: listOf(objects.map(identityOf)) });
  if (text.trim() === '') return new Map();
  const answer: ApiObject = JSON.parse(text);
  return new Map((answer.items ?? [answer]).map((object: ApiObject) => [keyOf(object), object]));
}

/** What the API server keeps for itself, and what changes with every look. */
const OWN = ['creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid'];

/** An object without what the API server keeps for itself: what two of them are compared by. */
export function comparable(object: ApiObject): Manifest {
  const { status: _, ...rest } = object;
  const { annotations = {}, ...metadata } = object.metadata;
  const kept = Object.entries(annotations).filter(([key]) => key !== LAST_APPLIED);
  return {
    ...rest,
    metadata: {
      ...Object.fromEntries(Object.entries(metadata).filter(([field]) => !OWN.includes(field))),
      ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }),
    },
  };
}

/** Whether plain `kubectl apply` has written fields of an object: only it knows how to take them back. */
export const isPlain = ({ metadata }: ApiObject): boolean =>
  (metadata.managedFields ?? []).some(({ manager }: ApiObject) => manager === 'kubectl-client-side-apply');

/** What was applied last, by whomever; undefined if that is not known. */
export function lastApplied({ metadata }: ApiObject): Manifest | undefined {
  try {
    return JSON.parse(metadata.annotations?.[LAST_APPLIED]);
  } catch {
    return undefined;
  }
}
