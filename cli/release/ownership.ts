import { namespaceOf } from '../../lib/environments/environment';
import { outcomeOf } from '../cluster/jobs';
import type { ApiObject } from '../cluster/kubectl';
import { FIELD_MANAGER } from '../cluster/server-side-apply';
import type { Identity } from './release';

/** Kinds that only you delete, and why. */
const KEPT: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: 'it holds data',
  PersistentVolume: 'it holds data',
  Secret: 'it could not be created again',
  ExternalSecret: 'its Secret would go with it',
  Namespace: 'everything in it would go',
  StorageClass: 'others may use it',
  CustomResourceDefinition: 'every object of its kind would go',
};

/** The command that deletes it is not shown. */
export const NOT_OURS = 'it is not managed by coped: another program has created it, or manages it since';

/** Why an object stays that is no longer described; undefined if it may be deleted. */
export function staysBecause(object: ApiObject, environment: string): string | undefined {
  const { kind, metadata } = object;
  if (KEPT[kind]) return KEPT[kind];
  if (metadata.namespace !== undefined && metadata.namespace !== namespaceOf({ name: environment })) {
    return 'it is in another namespace';
  }
  if (!isOurs(object, environment)) return NOT_OURS;
  return kind === 'Job' && !outcomeOf(object) ? 'it still runs; the next deploy deletes it' : undefined;
}

/**
 * Both its labels and its field managers have to say so: labels may be copied with the rest of an object, and another program may
 * manage an object that we created.
 */
function isOurs({ metadata }: ApiObject, environment: string): boolean {
  const { labels = {}, managedFields = [], ownerReferences = [] } = metadata;
  const labelled =
    labels['app.kubernetes.io/part-of'] === 'coped' && labels['app.kubernetes.io/instance'] === environment;
  const written = managedFields.some(
    ({ manager, operation }) => manager === FIELD_MANAGER && operation === 'Apply',
  );
  return labelled && written && ownerReferences.length === 0;
}

/** A StatefulSet whose deletion would delete its disks. */
export const takesDataAlong = ({ kind, spec }: ApiObject): boolean =>
  kind === 'StatefulSet' && spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete';

/** What pods of the previous release may still read: deleted when they are gone. */
const READ_BY_PODS = ['ConfigMap', 'Role', 'RoleBinding', 'Service', 'ServiceAccount'];
export const isReadByPods = ({ kind }: Identity): boolean => READ_BY_PODS.includes(kind);
