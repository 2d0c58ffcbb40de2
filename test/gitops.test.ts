import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../lib/environments';
import { namespaceOf } from '../lib/environments/environment';
import { pruneProtection } from '../lib/kubernetes/prune-protection';
import type { Manifest } from './manifest';
import { manifestsOf } from './support';
import { documentsOf } from './yaml';

const ROOT = join(__dirname, '..');
const read = (path: string) => documentsOf<Manifest>(ROOT, 'gitops', path);
const hosted = environments
  .filter(({ kind }) => kind === 'hosted')
  .map((environment) => ({ environment, name: environment.name, namespace: namespaceOf(environment) }));
const isCluster = ({ metadata }: Manifest) => metadata.namespace === undefined;

test('each environment that people reach has an example for each tool, and no other has', () => {
  const files = hosted.map(({ name }) => `${name}.yaml`).sort();
  expect(readdirSync(join(ROOT, 'gitops', 'flux')).sort()).toEqual(files);
  expect(readdirSync(join(ROOT, 'gitops', 'argo-cd')).sort()).toEqual([...files, 'project.yaml'].sort());
});

test.each([
  'argo-cd',
  'flux',
])('the objects of %s have names of their own, and no Secret is among them', (tool) => {
  const objects = readdirSync(join(ROOT, 'gitops', tool)).flatMap((file) => read(`${tool}/${file}`));
  const names = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  expect(names).toEqual([...new Set(names)]);
  expect(names.filter((name) => name.startsWith('Secret/'))).toEqual([]);
});

test.each(
  hosted,
)('Argo CD leads dist/$name to its namespace, deletes nothing, and waits for no migration', (one) => {
  const [{ metadata, spec }] = read(`argo-cd/${one.name}.yaml`) as [Manifest];
  expect(metadata.name).toBe(one.namespace);
  expect(metadata).not.toHaveProperty('finalizers');
  expect(spec).toMatchObject({
    source: { path: `dist/${one.name}` },
    destination: { namespace: one.namespace },
    syncPolicy: { syncOptions: ['ServerSideApply=true'] },
  });
  const [project] = read('argo-cd/project.yaml') as [Manifest];
  expect(spec.project).toBe(project.metadata.name);
  expect(project.spec.sourceRepos).toContain(spec.source.repoURL);
  const destination = { server: spec.destination.server, namespace: one.namespace };
  expect(project.spec.destinations).toContainEqual(destination);
});

test('the project of Argo CD allows what dist/ holds, and no more namespaces or kinds of the cluster', () => {
  const [{ spec }] = read('argo-cd/project.yaml') as [Manifest];
  const objects = hosted.flatMap(({ environment }) => manifestsOf(environment));
  const outside = [...new Set(objects.filter(isCluster).map(({ kind }) => kind))];
  const forbidden: string[] = spec.namespaceResourceBlacklist.map(({ kind }: Manifest) => kind);
  expect(spec.clusterResourceWhitelist.map(({ kind }: Manifest) => kind)).toEqual(outside);
  expect(objects.filter(({ kind }) => forbidden.includes(kind))).toEqual([]);
  expect(spec.destinations.map(({ namespace }: Manifest['spec']) => namespace).sort()).toEqual(
    hosted.map(({ namespace }) => namespace).sort(),
  );
});

test.each(
  hosted,
)('Flux takes dist/$name from its source, deletes nothing, and is ready when every server is', (one) => {
  const [source, { metadata, spec }] = read(`flux/${one.name}.yaml`) as [Manifest, Manifest];
  expect([source.metadata.name, metadata.name]).toEqual([one.namespace, one.namespace]);
  const servers = manifestsOf(one.environment)
    .filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind))
    .map(({ apiVersion, kind, metadata: { name } }) => ({
      apiVersion,
      kind,
      name,
      namespace: one.namespace,
    }));
  expect(spec).toMatchObject({
    sourceRef: { kind: source.kind, name: source.metadata.name },
    path: `./dist/${one.name}`,
    deletionPolicy: 'Orphan',
    healthChecks: servers,
  });
  // It would wait for what is run by hand, and fill something into our scripts.
  expect(Object.keys(spec).filter((key) => ['wait', 'postBuild'].includes(key))).toEqual([]);
});

// What a machine that deletes by itself may not delete: the data, and what holds the data.
const KEEPS_DATA = ['Namespace', 'PersistentVolume', 'PersistentVolumeClaim', 'Secret'];

test.each(
  hosted,
)('dist/$name protects what holds data from tools that delete what is no longer described', (one) => {
  const holding = manifestsOf(one.environment).filter(({ kind }) => KEEPS_DATA.includes(kind));
  expect(holding.length).toBeGreaterThan(1);
  for (const { metadata } of holding) expect(metadata.annotations).toMatchObject(pruneProtection);
});

test.each(
  hosted,
)('no object of dist/$name asks for a wave or a hook: pods wait for what they need', (one) => {
  const keys = manifestsOf(one.environment).flatMap(({ metadata }) =>
    Object.keys(metadata.annotations ?? {}),
  );
  expect(keys.filter((key) => /argoproj\.io\/(sync-wave|hook)/.test(key))).toEqual([]);
});
