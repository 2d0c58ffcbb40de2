import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { CONTROLLER_NODE_PORTS } from '../lib/components/ingress/node-ports';
import { clusterScoped } from '../lib/kubernetes/cluster-scoped';
import { k8s } from '../lib/kubernetes/k8s';
import { HANGS, tcpProbe } from '../lib/kubernetes/probes';
import { quantities } from '../lib/kubernetes/quantities';

const NAME = 'traefik';
const IMAGE = 'docker.io/library/traefik:v3.7.9';
const labels = { 'app.kubernetes.io/name': NAME };
/** Where the namespace and the labels are those that an environment's `ingress.controller` expects by default. */
const metadata: k8s.ObjectMeta = { name: NAME, labels };
const PORTS = { web: 8000, websecure: 8443, ping: 9000 };

const HARDENED: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

/** Seconds in which the cluster notices that a pod of Traefik leaves. */
const LEAVE = 15;

const FOLDER = join(__dirname, 'traefik');
const FILES = ['plugin.yml', 'routes.yml', 'starting.go', 'starting.html'];
/** The plugin's name, and its folder: Traefik compiles it when it starts, and fetches nothing. */
const PLUGIN = 'local/starting';
/** What every request passes, as routes.yml describes it. */
const MIDDLEWARES = ['starting', 'retry'].map((name) => `${name}@file`).join(',');

/** An ingress controller for a cluster on a laptop, which has none. Real clusters have their own. */
export function localIngressController(): App {
  const app = new App();
  const chart = new Chart(app, 'traefik', { namespace: NAME, disableResourceNameHashes: true });
  const namespace = new k8s.KubeNamespace(chart, 'namespace', {
    metadata: { name: NAME, labels: { ...labels, 'pod-security.kubernetes.io/enforce': 'restricted' } },
  });
  const ingressClass = new k8s.KubeIngressClass(chart, 'class', {
    metadata,
    spec: { controller: 'traefik.io/ingress-controller' },
  });
  [namespace, ingressClass].forEach(clusterScoped);
  permissions(chart);
  new k8s.KubeConfigMap(chart, 'config', {
    metadata,
    data: Object.fromEntries(FILES.map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')])),
  });
  deployment(chart);
  new k8s.KubeService(chart, 'service', {
    metadata,
    spec: {
      type: 'NodePort',
      selector: labels,
      ports: [
        {
          name: 'web',
          port: 80,
          targetPort: k8s.IntOrString.fromString('web'),
          nodePort: CONTROLLER_NODE_PORTS.web,
        },
        {
          name: 'websecure',
          port: 443,
          targetPort: k8s.IntOrString.fromString('websecure'),
          nodePort: CONTROLLER_NODE_PORTS.websecure,
        },
      ],
    },
  });
  return app;
}

/** What Traefik reads to know where requests go. Secrets hold the certificates of Ingresses. */
function permissions(scope: Construct): void {
  const read = ['get', 'list', 'watch'];
  new k8s.KubeServiceAccount(scope, 'service-account', { metadata });
  const role = new k8s.KubeClusterRole(scope, 'role', {
    metadata,
    rules: [
      { apiGroups: [''], resources: ['nodes', 'secrets', 'services'], verbs: read },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: read },
      { apiGroups: ['networking.k8s.io'], resources: ['ingressclasses', 'ingresses'], verbs: read },
      { apiGroups: ['networking.k8s.io'], resources: ['ingresses/status'], verbs: ['update'] },
    ],
  });
  const binding = new k8s.KubeClusterRoleBinding(scope, 'role-binding', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: NAME },
    subjects: [{ kind: 'ServiceAccount', name: NAME, namespace: NAME }],
  });
  [role, binding].forEach(clusterScoped);
}

function deployment(scope: Construct): void {
  new k8s.KubeDeployment(scope, 'deployment', {
    metadata,
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: NAME,
          terminationGracePeriodSeconds: LEAVE + 30,
          enableServiceLinks: false,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65532,
            runAsGroup: 65532,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name: NAME,
              image: IMAGE,
              imagePullPolicy: 'IfNotPresent',
              args: [
                '--global.checkNewVersion=false',
                '--global.sendAnonymousUsage=false',
                `--entryPoints.web.address=:${PORTS.web}`,
                `--entryPoints.websecure.address=:${PORTS.websecure}`,
                '--entryPoints.websecure.http.tls=true',
                `--entryPoints.traefik.address=:${PORTS.ping}`,
                '--ping=true',
                '--providers.kubernetesIngress=true',
                `--providers.kubernetesIngress.ingressClass=${NAME}`,
                // A Service whose pods are not ready is a 503, not a 404 as if there were no such page.
                '--providers.kubernetesIngress.allowEmptyServices=true',
                '--providers.file.filename=/config/routes.yml',
                // Asked to stop, it goes on for a while: requests still come to it.
                ...['web', 'websecure', 'traefik'].map(
                  (name) => `--entryPoints.${name}.transport.lifeCycle.requestAcceptGraceTimeout=${LEAVE}s`,
                ),
                `--experimental.localPlugins.starting.moduleName=${PLUGIN}`,
                `--entryPoints.web.http.middlewares=${MIDDLEWARES}`,
                `--entryPoints.websecure.http.middlewares=${MIDDLEWARES}`,
                '--accessLog=true',
              ],
              workingDir: '/',
              volumeMounts: [
                { name: 'config', mountPath: '/config', readOnly: true },
                { name: 'plugin', mountPath: `/plugins-local/src/${PLUGIN}`, readOnly: true },
              ],
              ports: Object.entries(PORTS).map(([name, containerPort]) => ({ name, containerPort })),
              readinessProbe: {
                httpGet: { path: '/ping', port: k8s.IntOrString.fromString('ping') },
                periodSeconds: 2,
                timeoutSeconds: 10,
              },
              livenessProbe: tcpProbe('ping', HANGS),
              resources: {
                requests: quantities({ cpu: '50m', memory: '64Mi' }),
                limits: quantities({ memory: '256Mi' }),
              },
              securityContext: HARDENED,
            },
          ],
          volumes: [
            files('config', ['routes.yml', 'starting.html']),
            // The names that Traefik looks for.
            files('plugin', ['plugin.yml', 'starting.go'], { 'plugin.yml': '.traefik.yml' }),
          ],
        },
      },
    },
  });
}

/** A volume with some of the files, which may have other names there. */
const files = (name: string, keys: readonly string[], renamed: Record<string, string> = {}): k8s.Volume => ({
  name,
  configMap: { name: NAME, items: keys.map((key) => ({ key, path: renamed[key] ?? key })) },
});
