import { kindOf } from '../manifests/kinds';
import type { Manifest } from '../manifests/manifest';
import { claimFields, claimTemplateFields } from './claims';
import type { Field } from './field';
import { otherFields } from './others';
import { serviceFields } from './service';
import { statefulSetFields } from './stateful-set';
import { workloadFields } from './workloads';

const FIELDS: Readonly<Record<string, readonly Field[]>> = {
  ...otherFields,
  ...workloadFields,
  PersistentVolumeClaim: claimFields,
  Service: serviceFields,
};

/** What is fixed between two versions of an object. */
export const fieldsOf = (before: Manifest, after: Manifest): readonly Field[] =>
  kindOf(before) === 'StatefulSet'
    ? [...statefulSetFields, ...claimTemplateFields(before, after)]
    : (FIELDS[kindOf(before)] ?? []);
