import type { Json } from '../../../checker/manifests/manifest';
import { withMore } from '../../checker/fixture';
import { binding, role, type Violation } from './violation';

const WEB = { kind: 'ServiceAccount', name: 'web' };
const READER = { kind: 'Role', name: 'reader' };
const WORKLOADS = ['pods', 'deployments', 'statefulsets', 'daemonsets', 'replicasets', 'jobs', 'cronjobs'];
const MANY = ['pods', 'services', 'deployments', 'statefulsets', 'jobs', 'configmaps'];
const WRITE = ['create', 'update', 'patch'];

const each = (verbs: readonly string[], rows: (verb: string) => readonly Violation[]): Violation[] =>
  verbs.flatMap(rows);

export const permissions: readonly Violation[] = [
  ...binding('RBAC-001', { kind: 'ClusterRole', name: 'cluster-admin' }, WEB),
  ...each(['get', 'list', 'watch'], (verb) => role('RBAC-002', verb, 'secrets')),
  ...role('RBAC-003', 'get', '*'),
  ...role('RBAC-003', '*', 'services'),
  ...WORKLOADS.flatMap((kind) => each(WRITE, (verb) => role('RBAC-004', verb, kind))),
  ...role('RBAC-004', 'create', 'pod'),
  ...role('RBAC-005', 'create', 'pods/attach'),
  ...role('RBAC-006', 'create', 'pods/exec'),
  ...role('RBAC-006', 'get', 'pods/exec'),
  ...binding('RBAC-007', READER, { kind: 'ServiceAccount', name: 'default' }),
  ...role('RBAC-008', 'create', 'pods/portforward'),
  ...role('RBAC-009', 'impersonate', 'users', 'groups', 'serviceaccounts'),
  ...['rolebindings', 'clusterrolebindings', 'roles', 'clusterroles'].flatMap((kind) =>
    role('RBAC-010', 'bind', kind),
  ),
  ...each(WRITE, (verb) => role('RBAC-010', verb, 'rolebindings')),
  ...each(WRITE, (verb) => role('RBAC-010', verb, 'clusterrolebindings')),
  ...each(['get', 'list', 'watch'], (verb) => role('RBAC-012', verb, ...MANY)),
  ...role('RBAC-012', 'list', '*'),
  ...each(['delete', 'deletecollection'], (verb) => role('RBAC-013', verb, ...MANY)),
  ...each(['delete', 'deletecollection'], (verb) => role('RBAC-014', verb, 'events')),
  ...each(['update', 'patch'], (verb) => role('RBAC-015', verb, 'configmaps')),
  [
    'RBAC-015',
    'by its name',
    () =>
      withMore([
        'rbac.authorization.k8s.io/v1',
        'ClusterRole',
        'web',
        {
          rules: [
            { apiGroups: [''], resources: ['configmaps'], resourceNames: ['coredns'], verbs: ['patch'] },
          ],
        },
      ]),
  ],
  [
    'RBAC-017',
    'six Roles',
    () =>
      withMore(
        ...Array.from({ length: 6 }, (_, i): [string, string, string, Json] => [
          'rbac.authorization.k8s.io/v1',
          'RoleBinding',
          `reader-${i}`,
          { roleRef: { kind: 'Role', name: `reader-${i}` }, subjects: [WEB] },
        ]),
      ),
  ],
  ...['rolebindings', 'clusterrolebindings', 'roles', 'clusterroles'].flatMap((kind) =>
    role('RBAC-020', 'escalate', kind),
  ),
  ...each(WRITE, (verb) => role('RBAC-020', verb, 'roles')),
  ...each(WRITE, (verb) => role('RBAC-020', verb, 'clusterroles')),
  ...each(WRITE, (verb) => role('RBAC-021', verb, 'persistentvolumes')),
  ...each([...WRITE, 'delete'], (verb) => role('RBAC-022', verb, 'networkpolicies')),
  ...role('RBAC-023', 'get', 'nodes/proxy'),
  ...role('RBAC-024', 'update', 'certificatesigningrequests/approval'),
  ...role('RBAC-024', 'approve', 'signers'),
  ...each([...WRITE, 'delete'], (verb) => role('RBAC-025', verb, 'mutatingwebhookconfigurations')),
  ...each([...WRITE, 'delete'], (verb) => role('RBAC-025', verb, 'validatingwebhookconfigurations')),
  ...role('RBAC-026', 'create', 'serviceaccounts/token'),
  ...binding('RBAC-027', READER, { kind: 'User', name: 'system:anonymous' }),
  ...binding('RBAC-027', READER, { kind: 'Group', name: 'system:unauthenticated' }),
  ...binding('RBAC-027', { kind: 'ClusterRole', name: 'system:anonymous' }, WEB),
];
