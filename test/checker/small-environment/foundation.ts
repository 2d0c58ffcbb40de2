import { NAMESPACE, object } from './blocks';

export const accounts = () =>
  ['web', 'postgres', 'postgres-bootstrap', 'backup', 'elasticsearch'].map((name) =>
    object('v1', 'ServiceAccount', name, { automountServiceAccountToken: false }),
  );

export const foundation = () => [
  object('v1', 'Namespace', NAMESPACE, { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } }),
  object('v1', 'ResourceQuota', 'quota', {
    spec: {
      hard: { pods: '13', 'requests.cpu': '1300m', 'limits.memory': '3328Mi', 'requests.storage': '120Gi' },
    },
  }),
  object('v1', 'LimitRange', 'limits', {
    spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '50m' }, max: { memory: '1Gi' } }] },
  }),
  object('networking.k8s.io/v1', 'NetworkPolicy', 'default-deny', {
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  }),
];
