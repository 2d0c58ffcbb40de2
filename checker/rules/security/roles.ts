import { dangers, granted } from '../../analysis/permissions';
import type { PermissionRule } from '../../manifests/kubernetes';
import { nameOf, ofKind } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

const REMEDY = 'Remove it; for a program that cannot work without it, write an exception with the reason';

/** More kinds of objects than one program needs. */
const BROAD = 5;

export const roles = rule({
  id: 'roles',
  what: 'A Role or ClusterRole allows more than it seems to, or everything.',
  why: 'An intruder in the program has the permissions of its account; and permission to start pods, read Secrets or write roles soon allows everything in the namespace. A wildcard also allows what future versions of Kubernetes will add.',
  remedy:
    'List the few verbs and resources that the program uses, with resourceNames where objects are known.',
  link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  find: ({ manifests }) =>
    [...ofKind(manifests, 'Role'), ...ofKind(manifests, 'ClusterRole')].flatMap((role) =>
      (role.rules ?? []).flatMap((allowed, i) => {
        const where = `${nameOf(role)} rules[${i}]`;
        return [...wildcards(allowed, where), ...dangerous(allowed, where), ...broad(allowed, where)];
      }),
    ),
});

const wildcards = (allowed: PermissionRule, where: string): Finding[] =>
  (['apiGroups', 'resources', 'verbs', 'nonResourceURLs'] as const)
    .filter((field) => allowed[field]?.some((value) => String(value).startsWith('*')))
    .map((field) => ({
      where: `${where}.${field}`,
      value: allowed[field],
      wrong: 'allows everything of its kind, also what future versions add',
      remedy: 'List what the program uses',
    }));

/** The group is not compared: these names are used once, and a rule in the wrong group is meant all the same. */
const dangerous = (allowed: PermissionRule, where: string): Finding[] =>
  dangers.flatMap((danger) => {
    const value = granted(allowed, danger);
    return value === undefined ? [] : [{ where, value, wrong: danger.wrong, remedy: REMEDY }];
  });

/** What is harmless for one kind of object is not for all of them. */
function broad(allowed: PermissionRule, where: string): Finding[] {
  const verbs = allowed.verbs ?? [];
  const may = (...wanted: string[]) => wanted.some((verb) => verbs.includes(verb) || verbs.includes('*'));
  const resources = allowed.resources ?? [];
  const many = resources.length > BROAD || resources.includes('*');
  const finding = (verb: string, wrong: string): Finding => ({
    where,
    value: `${verb} ${resources.join(', ')}`,
    wrong,
    remedy: REMEDY,
  });
  return [
    ...(many && may('get', 'list', 'watch')
      ? [finding('read', 'shows the whole environment to an intruder')]
      : []),
    ...((many && may('delete')) || (resources.length > 0 && may('deletecollection'))
      ? [finding('delete', 'can delete everything at once')]
      : []),
  ];
}
