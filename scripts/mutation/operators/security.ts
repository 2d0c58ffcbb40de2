import { drop, type Operator, onContainers, onObjects, onPods, positions, put } from '../mutant';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

export const security: readonly Operator[] = [
  onPods('runs as root', () => [
    (pod) => put(pod, 0, 'securityContext', 'runAsUser'),
    (pod) => put(pod, 0, 'securityContext', 'runAsGroup'),
    (pod) => put(pod, false, 'securityContext', 'runAsNonRoot'),
  ]),
  onPods('shares the node', () =>
    ['hostNetwork', 'hostPID', 'hostIPC'].map((field) => (pod) => put(pod, true, field)),
  ),
  onPods('drops the security context', () => [(pod) => drop(pod, 'securityContext')]),
  onPods('turns seccomp off', () => [
    (pod) => put(pod, 'Unconfined', 'securityContext', 'seccompProfile', 'type'),
    (pod) => drop(pod, 'securityContext', 'seccompProfile'),
  ]),
  onPods('changes kernel settings', () => [
    (pod) => put(pod, [{ name: 'kernel.msgmax', value: '1' }], 'securityContext', 'sysctls'),
  ]),
  onPods('mounts the node', () => [
    (pod) => {
      pod.volumes = [...(pod.volumes ?? []), { name: 'node', hostPath: { path: '/' } }];
      pod.containers[0].volumeMounts = [
        ...(pod.containers[0].volumeMounts ?? []),
        { name: 'node', mountPath: '/node' },
      ];
      return 'hostPath /';
    },
  ]),
  onPods('gives the pod a token', () => [
    (pod) => put(pod, true, 'automountServiceAccountToken'),
    (pod) => drop(pod, 'automountServiceAccountToken'),
  ]),
  onPods('takes the default account', () => [
    (pod) => drop(pod, 'serviceAccountName'),
    (pod) => put(pod, 'default', 'serviceAccountName'),
  ]),
  onPods('turns service links on', () => [(pod) => drop(pod, 'enableServiceLinks')]),
  onContainers('drops a line of hardening', () => [
    (c) => drop(c, 'securityContext'),
    (c) => drop(c, 'securityContext', 'allowPrivilegeEscalation'),
    (c) => drop(c, 'securityContext', 'capabilities'),
    (c) => drop(c, 'securityContext', 'readOnlyRootFilesystem'),
  ]),
  onContainers('loosens a line of hardening', () => [
    (c) => put(c, true, 'securityContext', 'privileged'),
    (c) => put(c, true, 'securityContext', 'allowPrivilegeEscalation'),
    (c) => put(c, false, 'securityContext', 'readOnlyRootFilesystem'),
    (c) => put(c, ['NET_RAW'], 'securityContext', 'capabilities', 'drop'),
    (c) => put(c, ['SYS_ADMIN'], 'securityContext', 'capabilities', 'add'),
    (c) => put(c, 0, 'securityContext', 'runAsUser'),
    (c) => put(c, 'Unmasked', 'securityContext', 'procMount'),
  ]),
  onContainers('opens a port of the node', (container) =>
    positions(container.ports).map((i) => (c) => put(c, 9999, 'ports', i, 'hostPort')),
  ),
  onObjects('lets the namespace admit anything', ['Namespace'], () => [
    (namespace) => drop(namespace, 'metadata', 'labels', ENFORCE),
    (namespace) => put(namespace, 'privileged', 'metadata', 'labels', ENFORCE),
    (namespace) => put(namespace, 'baseline', 'metadata', 'labels', ENFORCE),
  ]),
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
