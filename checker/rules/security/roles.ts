import { dangers, granted } from '../../analysis/permissions';
import type { ObjectOf, PermissionRule } from '../../manifests/kubernetes';
import { listOf, nameOf, ofKind } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';
import { type Field, fieldFindings } from '../fields';

const REMEDY = 'Remove it; for a program that cannot work without it, write an exception with the reason';

/** More kinds of objects than one program needs. */
const BROAD = 5;

export const roles = rule({
  id: 'roles',
  severity: 'warning',
  what: 'A Role or ClusterRole allows more than it seems to, or everything.',
  why: 'An intruder in the program has the permissions of its account; and permission to start pods, read Secrets or write roles soon allows everything in the namespace. A wildcard also allows what future versions of Kubernetes will add.',
  remedy:
    'List the few verbs and resources that the program uses, with resourceNames where objects are known.',
  link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  find: ({ manifests }) =>
    [...ofKind(manifests, 'Role'), ...ofKind(manifests, 'ClusterRole')].map((role) =>
      (role.rules ?? []).map((allowed, i) => {
        const where = `${nameOf(role)} rules[${i}]`;
        return [fieldFindings(where, allowed, WILDCARDS), dangerous(allowed, where), broad(allowed, where)];
      }),
    ),
});

const WILDCARDS = ['apiGroups', 'resources', 'verbs', 'nonResourceURLs'].map(
  (field): Field => [
    field,
    (values) =>
      listOf(values).some((value) => String(value).startsWith('*')) &&
      'allows everything of its kind, also what future versions add',
    'List what the program uses',
  ],
);

const dangerous = (allowed: PermissionRule, where: string): Findings =>
  dangers.map((danger) => {
    const value = granted(allowed, danger);
    return value !== undefined && { where, value, wrong: danger.wrong, remedy: REMEDY };
  });

/** What is harmless for one kind of object is not for all of them. */
function broad(allowed: PermissionRule, where: string): Findings {
  const verbs = allowed.verbs ?? [];
  const may = (...wanted: string[]) => wanted.some((verb) => verbs.includes(verb) || verbs.includes('*'));
  const resources = allowed.resources ?? [];
  const many = resources.length > BROAD || resources.includes('*');
  const reads = many && may('get', 'list', 'watch');
  const deletes = (many && may('delete')) || (resources.length > 0 && may('deletecollection'));
  const finding = (verb: string, wrong: string) => ({
    where,
    value: `${verb} ${resources.join(', ')}`,
    wrong,
    remedy: REMEDY,
  });
  return [
    reads && finding('read', 'shows the whole environment to an intruder'),
    deletes && finding('delete', 'can delete everything at once'),
  ];
}

/** Roles that every cluster has and that no program should. */
const BUILT_IN: ReadonlyMap<string, string> = new Map([
  ['cluster-admin', 'may do everything'],
  ['admin', 'reads Secrets, starts pods, and lets others do so'],
  ['edit', 'reads Secrets and starts pods'],
]);

/** Users and groups that anyone may be in. */
const ANYONE = /^system:(anonymous|unauthenticated|authenticated|serviceaccounts(:.*)?)$/;

/** The account of every pod that names none. */
const DEFAULT = /^system:serviceaccount:[^:]+:default$/;

/** With more roles than this, it is hard to see what a subject may do. */
const FEW = 5;

type Binding = ObjectOf<'RoleBinding'>;

export const roleBindings = rule({
  id: 'role-bindings',
  severity: 'warning',
  what: 'A binding grants a role that may do almost everything, or grants a role to everyone, to the default account, or in addition to many others.',
  why: 'A binding makes a Role dangerous. One to the default account applies to every pod without an account of its own; one to system:unauthenticated to the whole network.',
  remedy: 'Bind one Role of its own to the ServiceAccount of one program.',
  link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',
  acrossNamespaces: true,
  find: ({ manifests }) => {
    const bindings = [...ofKind(manifests, 'RoleBinding'), ...ofKind(manifests, 'ClusterRoleBinding')];
    return [bindings.map(badRole), bindings.map(withoutSubjects), tooMany(bindings)];
  },
});

function badRole(binding: Binding): Findings {
  const { kind, name = '' } = binding.roleRef ?? {};
  const where = `${nameOf(binding)} roleRef`;
  if (ANYONE.test(name)) {
    const wrong = 'is the name of a subject, not of a role';
    return { where, value: name, wrong, remedy: 'Name the role here, and who gets it in subjects' };
  }
  const may = BUILT_IN.get(name);
  // A Role may have the name of a ClusterRole and be another.
  if (kind === 'Role' || may === undefined) return undefined;
  const remedy = 'Create a Role with the few permissions that are needed, and bind that';
  return { where, value: name, wrong: `is a role that ${may}`, remedy };
}

const withoutSubjects = (binding: Binding): Findings =>
  (binding.subjects ?? []).map(({ kind, name = '' }, i) => {
    const anyone = kind !== 'ServiceAccount' && ANYONE.test(name);
    const unnamed = kind === 'ServiceAccount' ? name === 'default' : DEFAULT.test(name);
    if (!anyone && !unnamed) return undefined;
    return {
      where: `${nameOf(binding)} subjects[${i}]`,
      value: name,
      wrong: anyone ? 'includes any user or program' : 'is the account of every pod that has none of its own',
      remedy: 'Name the ServiceAccount of the one program that needs the role',
    };
  });

function tooMany(bindings: readonly Binding[]): Findings {
  const held = new Map<string, Set<string>>();
  for (const { metadata, roleRef, subjects } of bindings) {
    for (const { kind, name, namespace = metadata.namespace } of subjects ?? []) {
      const subject = kind === 'ServiceAccount' ? `${kind}/${namespace}/${name}` : `${kind}/${name}`;
      held.set(subject, (held.get(subject) ?? new Set()).add(`${roleRef?.kind}/${roleRef?.name}`));
    }
  }
  return [...held]
    .filter(([, roles]) => roles.size > FEW)
    .map(([subject, roles]) => ({
      where: `${subject} roles`,
      value: [...roles],
      wrong: `are more than ${FEW} roles for one subject: too many to review`,
      remedy: 'Merge them into one Role with what is needed',
    }));
}
