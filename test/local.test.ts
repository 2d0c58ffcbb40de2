import { load } from 'js-yaml';
import { violations } from '../checker/pod-security/violations';
import type { LocalEnvironment } from '../lib/environments/environment';
import { CONTROLLER_NODE_PORTS } from '../lib/environments/unique';
import { filesOf } from '../lib/output/files';
import { localIngressController } from '../local/traefik';
import type { Json } from './manifest';
import { find, manifestsOf, named } from './support';
import { yamlOf } from './yaml';

const controller = filesOf(localIngressController()).flatMap(({ manifests }) => [...manifests]);
const development = named('development') as LocalEnvironment;

const { metadata, spec } = find(controller, 'Deployment', 'traefik');
const pod = spec.template.spec;
const [traefik] = pod.containers;
const { data } = find(controller, 'ConfigMap', 'traefik');
const ingress = find(manifestsOf(development), 'Ingress', 'ingress').spec;

const { http } = load(data['routes.yml']) as Json;

const argument = (name: string): string =>
  traefik.args.find((arg: string) => arg.startsWith(`${name}=`))?.slice(name.length + 1);

test('kind leads localhost:1337 to the ingress controller and localhost:8000 to web, for this machine only', () => {
  const [web, websecure] = CONTROLLER_NODE_PORTS;
  // No environment may take them.
  expect(find(controller, 'Service', 'traefik').spec.ports).toMatchObject([
    { name: 'web', nodePort: web },
    { name: 'websecure', nodePort: websecure },
  ]);
  const listenAddress = '127.0.0.1';
  const extraPortMappings = [
    { hostPort: 1337, containerPort: web, listenAddress },
    { hostPort: 8443, containerPort: websecure, listenAddress },
    { hostPort: 8000, containerPort: development.web.nodePort?.port, listenAddress },
  ];
  expect(yamlOf(__dirname, '..', 'local', 'kind.yaml')).toMatchObject({ nodes: [{ extraPortMappings }] });
});

test('the controller is the one that development’s policies let in, and the class that its ingress asks for', () => {
  const [rule] = find(manifestsOf(development), 'NetworkPolicy', 'api').spec.ingress;
  expect(rule.from).toContainEqual({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': metadata.namespace } },
    podSelector: { matchLabels: spec.template.metadata.labels },
  });
  expect(find(controller, 'IngressClass', ingress.ingressClassName)).toBeDefined();
});

test('the controller is allowed to read what it needs and to write nothing but the state of ingresses', () => {
  const rules: { resources: string[]; verbs: string[] }[] = find(controller, 'ClusterRole', 'traefik').rules;
  const writes = rules.filter(({ verbs }) => verbs.some((verb) => !['get', 'list', 'watch'].includes(verb)));
  expect(writes.flatMap(({ resources }) => resources)).toEqual(['ingresses/status']);
});

test('http://127.0.0.1:1337 leads wherever http://localhost:1337 does, and Django answers to both', () => {
  const routes = [];
  for (const { path, backend } of ingress.rules[0].http.paths) {
    const { name, port } = backend.service;
    routes.push({
      rule: `Host(\`127.0.0.1\`) && PathPrefix(\`${path}\`)`,
      service: `coped-development-${name}-${port.number}@kubernetes`,
    });
  }
  expect(Object.values(http.routers)).toEqual(routes);
  const django = find(manifestsOf(development), 'ConfigMap', 'django').data;
  expect(django.DJANGO_ALLOWED_HOSTS).toBe('localhost 127.0.0.1 api');
});

test('while nothing answers, every request passes what tries again, and what says that the site is starting', () => {
  const names = ['starting@file', 'retry@file'];
  expect(Object.keys(http.middlewares)).toEqual(expect.arrayContaining(['starting', 'retry']));
  for (const entry of ['web', 'websecure']) {
    expect(traefik.args).toContain(`--entryPoints.${entry}.http.middlewares=${names.join(',')}`);
  }
});

test('Traefik finds the plugin and its page where it looks for them', () => {
  const content = new Map<string, string>();
  for (const { name, configMap } of pod.volumes)
    for (const { key, path } of configMap.items)
      for (const mount of traefik.volumeMounts)
        if (mount.name === name) content.set(`${mount.mountPath}/${path}`, data[key]);
  const module = argument('--experimental.localPlugins.starting.moduleName');
  const { plugin } = http.middlewares.starting;
  const manifest = load(content.get(`/plugins-local/src/${module}/.traefik.yml`) ?? '');
  expect(manifest).toMatchObject({ import: module, testData: plugin.starting });
  expect(content.get(`/plugins-local/src/${module}/starting.go`)).toContain('\npackage starting\n');
  expect(content.get(plugin.starting.page)).toContain('COPED is starting');
  expect(content.get(argument('--providers.file.filename'))).toBe(data['routes.yml']);
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
