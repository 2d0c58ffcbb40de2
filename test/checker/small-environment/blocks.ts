import type { Json } from '../../../checker/manifests/manifest';
import type { Manifest } from '../../manifest';

// What the objects of the small environment are made of. Written here, not with lib/kubernetes, which is checked.

export const NAMESPACE = 'coped-test';
export const selector = (component: string) => ({
  'app.kubernetes.io/component': component,
  'app.kubernetes.io/part-of': 'coped',
});

export const object = (apiVersion: string, kind: string, name: string, fields: Json): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, namespace: kind === 'Namespace' ? undefined : NAMESPACE, labels: fields.labels },
  ...fields,
});

export const container = (name: string, more: Json = {}): Json => ({
  name,
  image: `docker.io/coped/${name}:1.4.0`,
  imagePullPolicy: 'IfNotPresent',
  resources: {
    requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
    limits: { memory: '256Mi', 'ephemeral-storage': '256Mi' },
  },
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
  },
  ...more,
});

export const server = (name: string, port: number, more: Json = {}): Json => {
  const probe = { tcpSocket: { port: 'main' }, periodSeconds: 5, failureThreshold: 12 };
  return container(name, {
    ports: [{ name: 'main', containerPort: port }],
    startupProbe: probe,
    readinessProbe: probe,
    livenessProbe: probe,
    ...more,
  });
};

export const pods = (component: string, containers: Json[], more: Json = {}): Json => ({
  metadata: {
    labels: { ...selector(component), 'app.kubernetes.io/version': '1.4.0' },
    // The hash of the only ConfigMap that a pod here uses; the rule `restarts` says another if it changes.
    ...(component === 'web' && { annotations: { 'coped.org/config': 'd91a2ac877' } }),
  },
  spec: {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    serviceAccountName: component,
    terminationGracePeriodSeconds: 30,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers,
    ...more,
  },
});

export const secretFile = (secret: string) => ({
  name: 'secrets',
  projected: { sources: [{ secret: { name: secret, items: [{ key: 'password', path: 'password' }] } }] },
});
export const mount = (name: string) => [{ name, mountPath: `/run/${name}` }];

export const service = (component: string, port: number, targetPort: Json) =>
  object('v1', 'Service', component, {
    spec: { selector: selector(component), ports: [{ name: 'main', port, targetPort }] },
  });

export const budget = (component: string) =>
  object('policy/v1', 'PodDisruptionBudget', component, {
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: selector(component) },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });

export const claim = (storage: string) => ({
  accessModes: ['ReadWriteOnce'],
  resources: { requests: { storage } },
});

export const pod = (component: string) => ({ podSelector: { matchLabels: selector(component) } });
export const tcp = (port: number) => [{ port, protocol: 'TCP' }];
export const dns = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};
export const policy = (component: string, ingress: Json[], egress: Json[]) =>
  object('networking.k8s.io/v1', 'NetworkPolicy', component, {
    spec: { ...pod(component), policyTypes: ['Ingress', 'Egress'], ingress, egress },
  });
