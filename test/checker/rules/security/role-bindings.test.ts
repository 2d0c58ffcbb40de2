import type { Json } from '../../../../checker/manifests/manifest';
import { roleBindings } from '../../../../checker/rules/security/role-bindings';
import { found, withMore } from '../../fixture';

const GROUP = 'rbac.authorization.k8s.io/v1';
const WEB = { kind: 'ServiceAccount', name: 'web' };
const binding = (roleRef: Json, subjects: Json[], kind = 'RoleBinding') =>
  found(roleBindings, withMore([GROUP, kind, 'web', { roleRef, subjects }]));

test.each([
  ['cluster-admin', 'may do everything'],
  ['admin', 'reads Secrets, starts pods, and lets others do so'],
  ['edit', 'reads Secrets and starts pods'],
])('refuses to bind %s', (name, may) => {
  for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
    expect(binding({ kind: 'ClusterRole', name }, [WEB], kind)).toEqual([
      [`${kind}/web roleRef`, name, `is a role that ${may}`],
    ]);
  }
});

test('finds who gets the role in the place of the role', () => {
  expect(binding({ kind: 'ClusterRole', name: 'system:anonymous' }, [WEB])).toEqual([
    ['RoleBinding/web roleRef', 'system:anonymous', 'is the name of somebody, not of a role'],
  ]);
});

test.each([
  [{ kind: 'ClusterRole', name: 'view' }],
  [{ kind: 'Role', name: 'edit' }],
])('accepts %j for one account', (roleRef) => {
  expect(binding(roleRef, [WEB])).toEqual([]);
});

test.each([
  ['User', 'system:anonymous'],
  ['Group', 'system:unauthenticated'],
  ['Group', 'system:authenticated'],
  ['Group', 'system:serviceaccounts'],
  ['Group', 'system:serviceaccounts:coped-test'],
])('refuses a role for the %s %s', (kind, name) => {
  expect(binding({ kind: 'Role', name: 'x' }, [WEB, { kind, name }])).toEqual([
    ['RoleBinding/web subjects[1]', name, 'is a group of people and programs that nobody has chosen'],
  ]);
});

test.each([
  ['ServiceAccount', 'default'],
  ['User', 'system:serviceaccount:coped-test:default'],
])('refuses a role for the %s %s', (kind, name) => {
  expect(binding({ kind: 'Role', name: 'x' }, [{ kind, name }])).toEqual([
    ['RoleBinding/web subjects[0]', name, 'is the account of every pod that has none of its own'],
  ]);
});

const bound = (roles: string[], subject: Json = WEB) =>
  found(
    roleBindings,
    withMore(
      ...roles.map((name, i): [string, string, string, Json] => [
        GROUP,
        'RoleBinding',
        `b${i}`,
        { roleRef: { kind: 'Role', name }, subjects: [subject] },
      ]),
    ),
  );

test('refuses more than five roles for one subject', () => {
  const six = ['a', 'b', 'c', 'd', 'e', 'f'];
  expect(bound(six)).toEqual([
    [
      'ServiceAccount/coped-test/web roles',
      six.map((name) => `Role/${name}`),
      'are more than 5 roles for one subject: nobody can tell what it may do',
    ],
  ]);
  expect(bound(six, { kind: 'User', name: 'ada' })[0]?.[0]).toBe('User/ada roles');
  expect(bound(['a', 'b', 'c', 'd', 'e', 'a'])).toEqual([]);
});
