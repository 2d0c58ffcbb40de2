import type { Recommendation } from './recommendation';

/** What may be done through the Kubernetes API, and who may do it. */
export const permissions: readonly Recommendation[] = [
  { id: 'RBAC-001', wants: 'Nobody is bound to `cluster-admin`.', answer: { checks: ['role-bindings'] } },
  { id: 'RBAC-002', wants: 'No role reads all Secrets.', answer: { checks: ['roles'] } },
  { id: 'RBAC-003', wants: 'No role has a wildcard.', answer: { checks: ['roles'] } },
  {
    id: 'RBAC-004',
    wants: 'No role makes pods, or what makes pods.',
    answer: { checks: ['roles'] },
    noScanner: true,
  },
  { id: 'RBAC-005', wants: 'No role attaches to running containers.', answer: { checks: ['roles'] } },
  { id: 'RBAC-006', wants: 'No role runs commands in pods.', answer: { checks: ['roles'] } },
  {
    id: 'RBAC-007',
    wants: 'The ServiceAccount `default` has no role.',
    answer: { checks: ['role-bindings'] },
  },
  { id: 'RBAC-008', wants: 'No role forwards ports of pods.', answer: { checks: ['roles'] } },
  { id: 'RBAC-009', wants: 'No role acts in the name of others.', answer: { checks: ['roles'] } },
  { id: 'RBAC-010', wants: 'No role gives roles to others.', answer: { checks: ['roles'] } },
  {
    id: 'RBAC-012',
    wants: 'No role reads objects of very many kinds.',
    answer: { checks: ['roles'] },
    noScanner: true,
  },
  { id: 'RBAC-013', wants: 'No role deletes objects of very many kinds.', answer: { checks: ['roles'] } },
  { id: 'RBAC-014', wants: 'No role deletes events.', answer: { checks: ['roles'] }, noScanner: true },
  {
    id: 'RBAC-015',
    wants: "No role changes the configuration of the cluster's DNS.",
    answer: { checks: ['roles'] },
  },
  {
    id: 'RBAC-016',
    wants: 'Every ServiceAccount has a role.',
    answer: {
      exception:
        'An account without any role is the better one: nothing here talks to the Kubernetes API, and whoever steals an identity gets nothing with it.',
    },
    noScanner: true,
  },
  {
    id: 'RBAC-017',
    wants: 'Nobody has many roles.',
    answer: { checks: ['role-bindings'], but: 'Five are the most.' },
    noScanner: true,
  },
  { id: 'RBAC-020', wants: 'No role changes roles.', answer: { checks: ['roles'] }, noScanner: true },
  { id: 'RBAC-021', wants: 'No role makes PersistentVolumes.', answer: { checks: ['roles'] } },
  { id: 'RBAC-022', wants: 'No role changes network policies.', answer: { checks: ['roles'] } },
  {
    id: 'RBAC-023',
    wants: 'No role talks to kubelets through `nodes/proxy`.',
    answer: { checks: ['roles'] },
  },
  { id: 'RBAC-024', wants: 'No role approves requests for certificates.', answer: { checks: ['roles'] } },
  { id: 'RBAC-025', wants: 'No role changes admission webhooks.', answer: { checks: ['roles'] } },
  {
    id: 'RBAC-026',
    wants: 'No role makes tokens of ServiceAccounts.',
    answer: { checks: ['roles'] },
    noScanner: true,
  },
  {
    id: 'RBAC-027',
    wants: 'Nobody unknown has a role (`system:anonymous`, `system:unauthenticated`).',
    answer: { checks: ['role-bindings'] },
  },
];
