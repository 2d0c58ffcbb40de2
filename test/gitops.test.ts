import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { environments } from '../lib/environments';
import { namespaceOf } from '../lib/environments/environment';
import { pruneProtection } from '../lib/kubernetes/prune-protection';
import type { Manifest } from './manifest';
import { manifestsOf } from './support';

const ROOT = join(__dirname, '..');
const read = (path: string) => loadAll(readFileSync(join(ROOT, 'gitops', path), 'utf8')) as Manifest[];
const hosted = environments
  .filter(({ kind }) => kind === 'hosted')
  .map((environment) => ({ environment, name: environment.name, namespace: namespaceOf(environment) }));
const isCluster = ({ metadata }: Manifest) => metadata.namespace === undefined;

test('each environment that people reach has an example for each tool, and no other has', () => {
  const files = hosted.map(({ name }) => `${name}.yaml`).sort();
  expect(readdirSync(join(ROOT, 'gitops', 'flux')).sort()).toEqual(files);
  expect(readdirSync(join(ROOT, 'gitops', 'argo-cd')).sort()).toEqual([...files, 'project.yaml'].sort());
});

test('no two objects of a tool have the same kind and name', () => {
  for (const tool of ['argo-cd', 'flux']) {
    const names = readdirSync(join(ROOT, 'gitops', tool))
      .flatMap((file) => read(`${tool}/${file}`))
      .map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(names).toEqual([...new Set(names)]);
  }
});

test('no example holds a Secret', () => {
  const all = ['argo-cd', 'flux'].flatMap((tool) =>
    readdirSync(join(ROOT, 'gitops', tool)).flatMap((file) => read(`${tool}/${file}`)),
  );
  expect(all.filter(({ kind }) => kind === 'Secret')).toEqual([]);
});

describe.each(hosted)('Argo CD, $name', ({ name, namespace }) => {
  const [application] = read(`argo-cd/${name}.yaml`);
  const { source, destination, syncPolicy, project } = application?.spec ?? {};

  test('it is called as the namespace is, and leads from dist/ to there', () => {
    expect(application?.metadata.name).toBe(namespace);
    expect(source.path).toBe(`dist/${name}`);
    expect(existsSync(join(ROOT, source.path))).toBe(true);
    expect(destination.namespace).toBe(namespace);
  });

  test('deleting the Application deletes nothing', () => {
    expect(application?.metadata).not.toHaveProperty('finalizers');
  });

  test('a sync ends without the migration, and changes only what dist/ speaks of', () => {
    expect(syncPolicy.syncOptions).toEqual(['ServerSideApply=true']);
  });

  test('its project lets it do that', () => {
    const [{ metadata, spec }] = read('argo-cd/project.yaml') as [Manifest];
    expect(project).toBe(metadata.name);
    expect(spec.sourceRepos).toContain(source.repoURL);
    expect(spec.destinations).toContainEqual({ server: destination.server, namespace });
  });
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

describe.each(hosted)('Flux, $name', ({ environment, name, namespace }) => {
  const [source, kustomization] = read(`flux/${name}.yaml`);

  test('it is called as the namespace is, and takes dist/ from its source', () => {
    expect([source?.metadata.name, kustomization?.metadata.name]).toEqual([namespace, namespace]);
    expect(kustomization?.spec.sourceRef).toEqual({ kind: source?.kind, name: source?.metadata.name });
    expect(kustomization?.spec.path).toBe(`./dist/${name}`);
  });

  test('deleting the Kustomization deletes nothing', () => {
    expect(kustomization?.spec.deletionPolicy).toBe('Orphan');
  });

  test('it is ready when every server is', () => {
    const servers = manifestsOf(environment)
      .filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind))
      .map(({ apiVersion, kind, metadata }) => ({ apiVersion, kind, name: metadata.name, namespace }));
    expect(kustomization?.spec.healthChecks).toEqual(servers);
    expect(kustomization?.spec).not.toHaveProperty('wait');
  });

  test('nothing is filled into our scripts', () => {
    expect(kustomization?.spec).not.toHaveProperty('postBuild');
  });
});

// What a machine that deletes by itself may not delete: the data, and what holds the data.
const KEEPS_DATA = ['Namespace', 'PersistentVolume', 'PersistentVolumeClaim', 'Secret'];

describe.each(hosted)('dist/$name', ({ environment }) => {
  const manifests = manifestsOf(environment);

  test('what holds data is left by tools that delete what is no longer described', () => {
    const unprotected = manifests
      .filter(({ kind }) => KEEPS_DATA.includes(kind))
      .filter(({ metadata }) =>
        Object.entries(pruneProtection).some(([key, value]) => metadata.annotations?.[key] !== value),
      )
      .map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(unprotected).toEqual([]);
  });

  test('the claims of a StatefulSet outlive it', () => {
    const policies = manifests
      .filter(({ kind }) => kind === 'StatefulSet')
      .map(({ spec }) => spec.persistentVolumeClaimRetentionPolicy?.whenDeleted ?? 'Retain');
    expect(policies).toEqual(['Retain', 'Retain']);
  });

  test('no object asks for a wave or a hook: pods wait for what they need', () => {
    const keys = manifests.flatMap(({ metadata }) => Object.keys(metadata.annotations ?? {}));
    expect(keys.filter((key) => /argoproj\.io\/(sync-wave|hook)/.test(key))).toEqual([]);
  });
});
