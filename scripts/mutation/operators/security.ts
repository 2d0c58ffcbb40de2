import { along, append, remove, set } from '../change';
import { type Operator, onContainers, onObjects, onPods } from '../mutant';

const ENFORCE = 'metadata.labels[pod-security.kubernetes.io/enforce]';

export const security: readonly Operator[] = [
  ...onPods({
    'runs as root': [
      set('securityContext.runAsUser', 0),
      set('securityContext.runAsGroup', 0),
      set('securityContext.runAsNonRoot', false),
    ],
    'shares the node': [...['hostNetwork', 'hostPID', 'hostIPC'].map((field) => set(field, true))],
    'drops the security context': remove('securityContext'),
    'turns seccomp off': [
      set('securityContext.seccompProfile.type', 'Unconfined'),
      remove('securityContext.seccompProfile'),
    ],
    'changes kernel settings': set('securityContext.sysctls', [{ name: 'kernel.msgmax', value: '1' }]),
    'mounts the node': along(
      append('volumes', { name: 'node', hostPath: { path: '/' } }),
      append('containers.0.volumeMounts', { name: 'node', mountPath: '/node' }),
    ),
    'gives the pod a token': [
      set('automountServiceAccountToken', true),
      remove('automountServiceAccountToken'),
    ],
    'takes the default account': [remove('serviceAccountName'), set('serviceAccountName', 'default')],
    'turns service links on': remove('enableServiceLinks'),
  }),
  ...onContainers({
    'drops a line of hardening': [
      remove('securityContext'),
      remove('securityContext.{allowPrivilegeEscalation,capabilities,readOnlyRootFilesystem}'),
    ],
    'loosens a line of hardening': [
      set('securityContext.privileged', true),
      set('securityContext.allowPrivilegeEscalation', true),
      set('securityContext.readOnlyRootFilesystem', false),
      set('securityContext.capabilities.drop', ['NET_RAW']),
      set('securityContext.capabilities.add', ['SYS_ADMIN']),
      set('securityContext.runAsUser', 0),
      set('securityContext.procMount', 'Unmasked'),
    ],
    'opens a port of the node': set('ports.*.hostPort', 9999),
  }),
  ...onObjects(['Namespace'], {
    'lets the namespace admit anything': [
      remove(ENFORCE),
      set(ENFORCE, 'privileged'),
      set(ENFORCE, 'baseline'),
    ],
  }),
  {
    name: 'grants rights over the cluster',
    mutants: (good) =>
      good
        .filter(({ kind }) => kind === 'ServiceAccount')
        .map(({ metadata: { name, namespace } }) => ({
          where: `ClusterRoleBinding for ServiceAccount/${name}`,
          manifests: [
            ...good,
            {
              apiVersion: 'rbac.authorization.k8s.io/v1',
              kind: 'ClusterRoleBinding',
              metadata: { name },
              roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
              subjects: [{ kind: 'ServiceAccount', name, namespace }],
            },
          ],
        })),
  },
];
