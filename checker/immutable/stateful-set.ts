import type { ObjectOf } from '../manifests/kubernetes';
import type { Manifest } from '../manifests/manifest';
import { deletion, type Field } from './field';

const ANSWER = 'updates to statefulset spec for fields other than';

/** Without its pods: they go on, and the next StatefulSet of the name takes them over. */
export const alone = (before: Manifest): string => `\`${deletion(before, '--cascade=orphan')}\`, then apply`;

/** Deleting a StatefulSet leaves its claims, unless its retention policy says otherwise. */
const withPods = (before: ObjectOf<'StatefulSet'>): string =>
  before.spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete'
    ? `save the data first: here the claims go with the StatefulSet; \`${deletion(before)}\`, then apply`
    : `\`${deletion(before)}\`, which leaves the claims, then apply`;

export const statefulSetFields: readonly Field<ObjectOf<'StatefulSet'>>[] = [
  {
    path: 'spec.selector',
    answer: ANSWER,
    stake:
      'the owner of the pods: those that it does not select any more keep the volumes, and new ones cannot start',
    way: withPods,
  },
  {
    path: 'spec.serviceName',
    answer: ANSWER,
    stake: 'no data, but each pod gets another DNS name, and clients that use the old ones are cut off',
    way: withPods,
  },
  { path: 'spec.podManagementPolicy', answer: ANSWER, stake: 'nothing: the pods go on', way: alone },
];
