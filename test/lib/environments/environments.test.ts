import type { Manifest } from '../../../checker/manifests/check';
import { find, manifestsOf, named } from '../../support';

const development = manifestsOf(named('development'));
const staging = manifestsOf(named('staging'));
const production = manifestsOf(named('production'));

const configOf = (manifests: Manifest[]) => find(manifests, 'ConfigMap', 'django').data;
const scalesOf = (manifests: Manifest[]) =>
  Object.fromEntries(
    manifests
      .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
      .map(({ metadata, spec }) => [metadata.name, `${spec.minReplicas}–${spec.maxReplicas}`]),
  );
const storageOf = (manifests: Manifest[], name: string) =>
  find(manifests, 'StatefulSet', name).spec.volumeClaimTemplates[0].spec.resources.requests.storage;
const argsOf = (manifests: Manifest[], name: string): string[] =>
  find(manifests, 'Deployment', name).spec.template.spec.containers[0].command;

test('development is one of everything, small, and empty after every start', () => {
  const replicas = development
    .filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
    .map(({ metadata, spec }) => [metadata.name, spec.replicas]);
  expect(Object.fromEntries(replicas)).toEqual({
    postgres: 1,
    elasticsearch: 1,
    web: 1,
    api: 1,
    dashboards: 1,
  });
  expect(scalesOf(development)).toEqual({});
  expect(configOf(development)).toMatchObject({
    DEBUG: '1',
    DJANGO_ALLOWED_HOSTS: 'localhost 127.0.0.1 api',
  });
  expect(storageOf(development, 'postgres')).toBe('1Gi');
  const pod = find(development, 'Deployment', 'web').spec.template.spec;
  expect(pod.initContainers.map(({ name }: { name: string }) => name)).toEqual([
    'copy-code',
    'flush-and-migrate',
  ]);
  expect(argsOf(development, 'web')).toContain('--pythonpath=/live');
  expect(argsOf(development, 'dashboards')).toContain('--MappingKernelManager.cull_idle_timeout=300');
  expect(find(development, 'Service', 'web').spec.ports[0].nodePort).toBe(30800);
});

test('staging and production are autoscaled, keep their data, and never touch the database by themselves', () => {
  expect(scalesOf(staging)).toEqual({ web: '2–4', api: '2–4' });
  expect(scalesOf(production)).toEqual({ web: '3–10', api: '3–10' });
  expect(find(staging, 'Deployment', 'dashboards').spec.replicas).toBe(1);
  expect(find(production, 'Deployment', 'dashboards').spec.replicas).toBe(2);
  expect([storageOf(staging, 'postgres'), storageOf(production, 'postgres')]).toEqual(['10Gi', '50Gi']);
  for (const manifests of [staging, production]) {
    expect(configOf(manifests).DEBUG).toBe('0');
    expect(argsOf(manifests, 'web')).not.toContain('--pythonpath=/live');
    expect(argsOf(manifests, 'dashboards')).toContain('--MappingKernelManager.cull_idle_timeout=600');
    expect(JSON.stringify(manifests)).not.toContain('flush');
    expect(find(manifests, 'CronJob', 'migrate').spec.suspend).toBe(true);
    expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  }
});

test('Elasticsearch: 1 node, 1 node with TLS, 3 nodes with TLS', () => {
  const nodes = [development, staging, production].map(
    (m) => find(m, 'StatefulSet', 'elasticsearch').spec.replicas,
  );
  expect(nodes).toEqual([1, 1, 3]);
  const settings = [development, staging, production].map(
    (m) => find(m, 'ConfigMap', 'elasticsearch').data['elasticsearch.yml'],
  );
  expect(settings.map((text) => text.includes('xpack.security.http.ssl.enabled: true'))).toEqual([
    false,
    true,
    true,
  ]);
  expect(settings.map((text) => text.includes('discovery.type: single-node'))).toEqual([true, false, false]);
  expect(settings.every((text) => text.includes('xpack.security.enabled: true'))).toBe(true);
});

test('nightly dumps: none in development, seven in staging, fourteen in production', () => {
  const keep = (manifests: Manifest[]) =>
    find(manifests, 'CronJob', 'backup').spec.jobTemplate.spec.template.spec.containers[0].env.find(
      ({ name }: { name: string }) => name === 'KEEP',
    ).value;
  expect(() => keep(development)).toThrow('no CronJob/backup');
  expect([keep(staging), keep(production)]).toEqual(['7', '14']);
});

test('staging and production have the same shape: the same objects with the same fields', () => {
  const shape = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.length > 0 && typeof value[0] === 'object'
        ? value.map(shape)
        : 'list'
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([key, child]) => [key, shape(child)]))
        : typeof value;
  const shapes = (manifests: Manifest[]) =>
    manifests.map((manifest) => [
      manifest.kind,
      manifest.metadata.name.replace(/(coped-).*|(bootstrap-).*/, '$1$2'),
      shape(manifest),
    ]);
  expect(shapes(staging)).toEqual(shapes(production));
});

test('every object of an environment is in its namespace, and the namespace in none', () => {
  for (const [name, manifests] of Object.entries({ development, staging, production })) {
    const inNamespace = manifests.filter(({ kind }) => kind !== 'Namespace');
    expect(new Set(inNamespace.map(({ metadata }) => metadata.namespace))).toEqual(
      new Set([`coped-${name}`]),
    );
    expect(find(manifests, 'Namespace', `coped-${name}`).metadata.namespace).toBeUndefined();
  }
});
