import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { loadAll } from 'js-yaml';
import type { Manifest } from '../../../checker/manifests/manifest';
import { identity } from '../../../checker/manifests/workloads';
import { toYaml } from '../../../lib/output/yaml';

// The same objects as sources of other tools, made from `dist/`. The namespace is what each tool sets in its own way, as people
// write it; nothing is checked by any of them.

/** A folder of `dist/` with the objects in it. */
interface Environment {
  readonly name: string;
  readonly namespace: string;
  readonly objects: readonly Manifest[];
}

interface Peer {
  readonly name: string;
  /** Sources of an environment: path → text. */
  readonly sources: (environment: Environment) => Readonly<Record<string, string>>;
  /** How they become YAML or JSON, in the folder with the sources. */
  readonly command: readonly [program: string, ...args: string[]];
}

const helm: Peer = {
  name: 'helm',
  sources: ({ namespace, objects }) => ({
    'Chart.yaml': toYaml({ apiVersion: 'v2', name: 'coped', version: '1.0.0' }),
    'values.yaml': toYaml({ namespace }),
    ...templates(objects, (text) =>
      text
        // What looks like a template, and is text.
        .replaceAll(/\{\{|\}\}/g, (braces) => `{{ \`${braces}\` }}`)
        .replaceAll(namespace, '{{ .Values.namespace }}'),
    ),
  }),
  command: ['helm', 'template', 'coped', '.'],
};

const kustomize: Peer = {
  name: 'kustomize',
  sources: ({ namespace, objects }) => {
    const files = templates(objects.map(withoutNamespace), (text) => text);
    return { ...files, 'kustomization.yaml': toYaml({ namespace, resources: Object.keys(files) }) };
  },
  command: ['kustomize', 'build', '.'],
};

const jsonnet: Peer = {
  name: 'jsonnet',
  sources: ({ namespace, objects }) => ({
    'objects.libsonnet': `function(namespace) ${JSON.stringify(objects, null, 2).replaceAll(
      new RegExp(`"namespace": "${namespace}"`, 'g'),
      '"namespace": namespace',
    )}`,
    'main.jsonnet': `(import 'objects.libsonnet')('${namespace}')`,
  }),
  command: ['jsonnet', 'main.jsonnet'],
};

const templates = (objects: readonly Manifest[], change: (text: string) => string) =>
  Object.fromEntries(
    objects.map((object) => [
      `templates/${object.kind}-${object.metadata.name}.yaml`.toLowerCase(),
      change(toYaml(object)),
    ]),
  );

const withoutNamespace = (object: Manifest): Manifest => {
  const { namespace: _, ...metadata } = object.metadata;
  return { ...object, metadata };
};

/** Renders the three environments once, one after another. */
export interface Rendering {
  readonly name: string;
  readonly render: () => unknown;
}

/**
 * The tools that are installed here.
 * @throws Error if one makes other objects
 */
export function peers(dist: string, scratch: string): Rendering[] {
  const environments = ['development', 'staging', 'production'].map((name) => read(dist, name));
  return [helm, kustomize, jsonnet].flatMap(({ name, sources, command: [program, ...args] }) => {
    if (spawnSync(program, ['version']).error) return [];
    const rendered = environments.map((environment) => {
      const folder = join(scratch, name, environment.name);
      for (const [path, text] of Object.entries(sources(environment))) write(join(folder, path), text);
      const render = () => {
        const options = { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 } as const;
        const { status, stdout, stderr } = spawnSync(program, args, options);
        if (status !== 0) throw new Error(`${name}: ${stderr}`);
        return stdout;
      };
      const made = (loadAll(render()) as (Manifest | Manifest[] | null)[]).flatMap((part) => part ?? []);
      if (!isDeepStrictEqual(sorted(made), sorted(environment.objects)))
        throw new Error(`${name} makes other objects of ${environment.name} than we do`);
      return render;
    });
    return [{ name, render: () => rendered.map((render) => render()) }];
  });
}

function read(dist: string, name: string): Environment {
  const files = readdirSync(join(dist, name)).map((file) => readFileSync(join(dist, name, file), 'utf8'));
  const objects = files.flatMap((text) => loadAll(text) as Manifest[]);
  const namespace = objects.find(({ kind }) => kind === 'Namespace')?.metadata.name ?? '';
  return { name, namespace, objects };
}

const sorted = (objects: readonly Manifest[]): Manifest[] =>
  [...objects].sort((a, b) => (identity(a) < identity(b) ? -1 : 1));

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
