import type { Manifest } from '../../manifest';
import { find, manifestsOf, named } from '../../support';

const development = manifestsOf(named('development'));
const staging = manifestsOf(named('staging'));
const production = manifestsOf(named('production'));

const configOf = (manifests: Manifest[]) => find(manifests, 'ConfigMap', 'django').data;
const argsOf = (manifests: Manifest[], name: string): string[] =>
  find(manifests, 'Deployment', name).spec.template.spec.containers[0].command;

test('staging and production never touch the database by themselves', () => {
  for (const manifests of [staging, production]) {
    expect(configOf(manifests).DEBUG).toBe('0');
    expect(argsOf(manifests, 'web')).not.toContain('--pythonpath=/live');
    expect(argsOf(manifests, 'dashboards')).toContain('--MappingKernelManager.cull_idle_timeout=600');
    expect(JSON.stringify(manifests)).not.toContain('flush');
    expect(find(manifests, 'CronJob', 'migrate').spec.suspend).toBe(true);
    expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  }
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
