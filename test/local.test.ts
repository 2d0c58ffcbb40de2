import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { Json } from '../checker/manifests/manifest';
import { violations } from '../checker/pod-security/violations';
import type { LocalEnvironment } from '../lib/environments/environment';
import { filesOf } from '../lib/output/files';
import { localIngressController } from '../local/traefik';
import { find, manifestsOf, named } from './support';

const controller = filesOf(localIngressController()).flatMap(({ manifests }) => [...manifests]);
const development = named('development') as LocalEnvironment;

const pod = find(controller, 'Deployment', 'traefik').spec.template.spec;
const [traefik] = pod.containers;
const { data } = find(controller, 'ConfigMap', 'traefik');
const { http } = load(data['routes.yml']) as Json;

const argument = (name: string): string =>
  traefik.args.find((arg: string) => arg.startsWith(`${name}=`))?.slice(name.length + 1);

interface PortMapping {
  hostPort: number;
  containerPort: number;
  listenAddress: string;
}
const mappings = (): PortMapping[] => {
  const cluster = load(readFileSync(join(__dirname, '..', 'local', 'kind.yaml'), 'utf8')) as {
    nodes: { extraPortMappings: PortMapping[] }[];
  };
  return cluster.nodes.flatMap(({ extraPortMappings }) => extraPortMappings);
};

test('kind leads localhost:1337 to the ingress controller and localhost:8000 to web', () => {
  const nodePort = (name: string) =>
    find(controller, 'Service', 'traefik').spec.ports.find((port: { name: string }) => port.name === name)
      .nodePort;
  const ports = Object.fromEntries(
    mappings().map(({ hostPort, containerPort }) => [hostPort, containerPort]),
  );
  expect(ports).toEqual({
    1337: nodePort('web'),
    8443: nodePort('websecure'),
    8000: development.web.nodePort?.port,
  });
});

test('only this machine can reach the cluster on it', () => {
  expect(new Set(mappings().map(({ listenAddress }) => listenAddress))).toEqual(new Set(['127.0.0.1']));
});

test('the controller is the one that development’s policies let in, and the class that its ingress asks for', () => {
  const { namespace } = find(controller, 'Deployment', 'traefik').metadata;
  const { labels } = find(controller, 'Deployment', 'traefik').spec.template.metadata;
  const [rule] = find(manifestsOf(development), 'NetworkPolicy', 'api').spec.ingress;
  expect(rule.from).toContainEqual({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels: labels },
  });
  const { ingressClassName } = find(manifestsOf(development), 'Ingress', 'ingress').spec;
  expect(find(controller, 'IngressClass', ingressClassName)).toBeDefined();
});

test('the controller is allowed to read what it needs and to write nothing but the state of ingresses', () => {
  const rules: { resources: string[]; verbs: string[] }[] = find(controller, 'ClusterRole', 'traefik').rules;
  const writes = rules.filter(({ verbs }) => verbs.some((verb) => !['get', 'list', 'watch'].includes(verb)));
  expect(writes.flatMap(({ resources }) => resources)).toEqual(['ingresses/status']);
});

describe('an address in place of the name', () => {
  const { paths } = find(manifestsOf(development), 'Ingress', 'ingress').spec.rules[0].http;

  test('http://127.0.0.1:1337 leads wherever http://localhost:1337 does', () => {
    const routes = (Object.values(http.routers) as Json[]).map(({ rule, service }) => [rule, service]);
    expect(routes).toEqual(
      paths.map(({ path, backend: { service } }: Json) => [
        `Host(\`127.0.0.1\`) && PathPrefix(\`${path}\`)`,
        `coped-development-${service.name}-${service.port.number}@kubernetes`,
      ]),
    );
  });

  test('Django answers to both', () => {
    expect(find(manifestsOf(development), 'ConfigMap', 'django').data.DJANGO_ALLOWED_HOSTS).toBe(
      'localhost 127.0.0.1 api',
    );
  });
});

describe('while nothing answers', () => {
  test('a Service without ready pods is a 503, not a 404', () => {
    expect(traefik.args).toContain('--providers.kubernetesIngress.allowEmptyServices=true');
  });

  test('every request passes what tries again, and what says that the site is starting', () => {
    const names = Object.keys(http.middlewares).map((name) => `${name}@file`);
    for (const entry of ['web', 'websecure']) {
      expect(traefik.args).toContain(`--entryPoints.${entry}.http.middlewares=${names.join(',')}`);
    }
  });

  test('Traefik finds the plugin and its page where it looks for them', () => {
    const files = pod.volumes.flatMap(({ name, configMap }: Json) => {
      const { mountPath } = traefik.volumeMounts.find((mount: Json) => mount.name === name);
      return configMap.items.map(({ key, path }: Json) => [`${mountPath}/${path}`, data[key]]);
    });
    const content = new Map<string, string>(files);
    const module = argument('--experimental.localPlugins.starting.moduleName');
    const manifest = load(content.get(`/plugins-local/src/${module}/.traefik.yml`) ?? '') as Json;
    expect(manifest).toMatchObject({ import: module, testData: http.middlewares.starting.plugin.starting });
    expect(content.get(`/plugins-local/src/${module}/starting.go`)).toContain('\npackage starting\n');
    expect(content.get(http.middlewares.starting.plugin.starting.page)).toContain('COPED is starting');
    expect(content.get(argument('--providers.file.filename'))).toBe(data['routes.yml']);
  });

  test('the page loads itself again', () => {
    expect(data['starting.html']).toContain('<meta http-equiv="refresh"');
  });
});

test('asked to stop, Traefik goes on while requests still come to it, and is not killed before it has finished', () => {
  const seconds = ['web', 'websecure', 'traefik'].map((entry) =>
    Number.parseInt(argument(`--entryPoints.${entry}.transport.lifeCycle.requestAcceptGraceTimeout`), 10),
  );
  expect(Math.min(...seconds)).toBeGreaterThanOrEqual(10);
  // Ten seconds are what Traefik gives requests that it has, by default.
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(Math.max(...seconds) + 10);
});

test('Pod Security has no objection', () => {
  expect(violations({ metadata: {}, spec: pod })).toEqual([]);
});

test('what belongs to the whole cluster says no namespace', () => {
  const clusterWide = controller.filter(({ metadata }) => metadata.namespace === undefined);
  expect(clusterWide.map(({ kind }) => kind)).toEqual([
    'Namespace',
    'IngressClass',
    'ClusterRole',
    'ClusterRoleBinding',
  ]);
});
