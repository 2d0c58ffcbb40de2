import type { Json } from '../../../checker/manifests/manifest';
import type { CopedSubject } from '../../../rules/rule';
import { broken, main, withMore } from '../../checker/fixture';

// A recommendation, how it is not followed, and the good environment after just that.
export type Violation = readonly [id: string, how: string, subject: () => CopedSubject];

/** Something else in the pods of web. */
export const pod = (id: string, how: string, change: (spec: Json) => void): Violation => [
  id,
  how,
  () => broken('Deployment/web', (web) => change(web.spec.template.spec)),
];

/** Something else in the container of web. */
export const container = (id: string, how: string, change: (spec: Json) => void): Violation => [
  id,
  how,
  () => broken('Deployment/web', (web) => change(main(web))),
];

/** Something else in another object. */
export const object = (id: string, how: string, name: string, change: (object: Json) => void): Violation => [
  id,
  how,
  () => broken(name, change),
];

/** A Role, and the same as a ClusterRole, with one rule. */
export const role = (id: string, verb: string, ...resources: string[]): readonly Violation[] =>
  ['Role', 'ClusterRole'].map((kind) => [
    id,
    `${kind}: ${verb} ${resources.join(', ')}`,
    () =>
      withMore([
        'rbac.authorization.k8s.io/v1',
        kind,
        'web',
        { rules: [{ apiGroups: [''], resources, verbs: [verb] }] },
      ]),
  ]);

/** A RoleBinding, and the same as a ClusterRoleBinding. */
export const binding = (id: string, roleRef: Json, subject: Json): readonly Violation[] =>
  ['RoleBinding', 'ClusterRoleBinding'].map((kind) => [
    id,
    `${kind}: ${roleRef.name} to ${subject.name}`,
    () => withMore(['rbac.authorization.k8s.io/v1', kind, 'web', { roleRef, subjects: [subject] }]),
  ]);
