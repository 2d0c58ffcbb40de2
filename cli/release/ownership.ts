import { namespaceOf } from '../../lib/environments/environment';
import { FIELD_MANAGER } from '../cluster/field-manager';
import type { ApiObject } from '../cluster/kubectl';
import type { Identity } from './release';

/** What may hold data, or everything else: nobody but a person deletes it. */
const KEPT: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: 'it holds data',
  PersistentVolume: 'it holds data',
  Secret: 'nobody could make it again',
  Namespace: 'everything in it would go',
  StorageClass: 'others may use it',
  CustomResourceDefinition: 'every object of its kind would go',
};

/**
 * Why something that is no longer described stays all the same; undefined if it may be deleted.
 *
 * @param environment its name
 */
export function staysBecause(object: ApiObject, environment: string): string | undefined {
  const { kind, metadata, status = {} } = object;
  if (KEPT[kind]) return KEPT[kind];
  if (metadata.namespace !== undefined && metadata.namespace !== namespaceOf({ name: environment })) {
    return 'it is in another namespace';
  }
  if (!isOurs(object, environment)) return 'it is not ours: somebody else has made it since';
  const running = kind === 'Job' && !(status.conditions ?? []).some(ended);
  return running ? 'it still runs; the next deploy deletes it' : undefined;
}

const ended = ({ type, status }: ApiObject): boolean =>
  ['Complete', 'Failed'].includes(type) && status === 'True';

/** By its labels; in our own namespace also by who has written it. */
function isOurs({ metadata }: ApiObject, environment: string): boolean {
  const labels = metadata.labels ?? {};
  const labelled =
    labels['app.kubernetes.io/part-of'] === 'coped' && labels['app.kubernetes.io/instance'] === environment;
  const written = (metadata.managedFields ?? []).some(
    ({ manager, operation }: ApiObject) => manager === FIELD_MANAGER && operation === 'Apply',
  );
  return labelled || (written && metadata.namespace !== undefined);
}

/** A StatefulSet whose deletion would delete its disks. */
export const takesDataAlong = ({ kind, spec }: ApiObject): boolean =>
  kind === 'StatefulSet' && spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete';

/** What pods of the release before may still read: it goes once they have gone. */
const READ_BY_PODS = ['ConfigMap', 'Role', 'RoleBinding', 'Service', 'ServiceAccount'];
export const isReadByPods = ({ kind }: Identity): boolean => READ_BY_PODS.includes(kind);
