import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { LocalEnvironment } from '../lib/environments/environment';
import { filesOf } from '../lib/files';
import { localIngressController } from '../local/traefik';
import { find, manifestsOf, named } from './support';

const controller = filesOf(localIngressController()).flatMap(({ manifests }) => [...manifests]);
const development = named('development') as LocalEnvironment;

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

test('what belongs to the whole cluster says no namespace', () => {
  const clusterWide = controller.filter(({ metadata }) => metadata.namespace === undefined);
  expect(clusterWide.map(({ kind }) => kind)).toEqual([
    'Namespace',
    'IngressClass',
    'ClusterRole',
    'ClusterRoleBinding',
  ]);
});
