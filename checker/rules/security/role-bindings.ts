import type { ObjectOf } from '../../manifests/kubernetes';
import { nameOf, ofKind } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

/** Roles that every cluster has and that no program should. */
const BUILT_IN: Readonly<Record<string, string>> = {
  'cluster-admin': 'may do everything',
  admin: 'reads Secrets, starts pods, and lets others do so',
  edit: 'reads Secrets and starts pods',
};

/** Users and groups that anyone may be in. */
const ANYONE = /^system:(anonymous|unauthenticated|authenticated|serviceaccounts(:.*)?)$/;

/** The account of every pod that names none. */
const DEFAULT = /^system:serviceaccount:[^:]+:default$/;

/** With more roles than this, it is hard to see what a subject may do. */
const FEW = 5;

type Binding = ObjectOf<'RoleBinding'>;

export const roleBindings = rule({
  id: 'role-bindings',
  what: 'A binding grants a role that may do almost everything, or grants a role to everyone, to the default account, or in addition to many others.',
  why: 'A binding makes a Role dangerous. One to the default account applies to every pod without an account of its own; one to system:unauthenticated to the whole network.',
  remedy: 'Bind one Role of its own to the ServiceAccount of one program.',
  link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',
  find: ({ manifests }) => {
    const bindings = [...ofKind(manifests, 'RoleBinding'), ...ofKind(manifests, 'ClusterRoleBinding')];
    return [...bindings.flatMap(badRole), ...bindings.flatMap(withoutSubjects), ...tooMany(bindings)];
  },
});

function badRole(binding: Binding): Finding[] {
  const { kind, name = '' } = binding.roleRef ?? {};
  const where = `${nameOf(binding)} roleRef`;
  if (ANYONE.test(name)) {
    const wrong = 'is the name of a subject, not of a role';
    return [{ where, value: name, wrong, remedy: 'Name the role here, and who gets it in subjects' }];
  }
  const may = BUILT_IN[name];
  // A Role may have the name of a ClusterRole and be another.
  if (kind === 'Role' || may === undefined) return [];
  const remedy = 'Create a Role with the few permissions that are needed, and bind that';
  return [{ where, value: name, wrong: `is a role that ${may}`, remedy }];
}

const withoutSubjects = (binding: Binding): Finding[] =>
  (binding.subjects ?? []).flatMap(({ kind, name = '' }, i) => {
    const anyone = kind !== 'ServiceAccount' && ANYONE.test(name);
    const unnamed = kind === 'ServiceAccount' ? name === 'default' : DEFAULT.test(name);
    if (!anyone && !unnamed) return [];
    return {
      where: `${nameOf(binding)} subjects[${i}]`,
      value: name,
      wrong: anyone ? 'includes any user or program' : 'is the account of every pod that has none of its own',
      remedy: 'Name the ServiceAccount of the one program that needs the role',
    };
  });

function tooMany(bindings: readonly Binding[]): Finding[] {
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
