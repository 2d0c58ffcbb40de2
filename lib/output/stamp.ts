import { createHash } from 'node:crypto';
import type { Manifest, PodTemplate } from './manifest';

/** Template annotation: changes exactly when configuration that the pod uses has changed, and so restarts it. */
export const CONFIG_ANNOTATION = 'coped.org/config';

/**
 * Finishes the objects of one environment:
 *
 * - every pod template is stamped with a hash of the ConfigMaps and Secrets it uses, because Kubernetes restarts
 *   nothing when those change;
 * - every Job's name ends with a hash of what it does, because a Job can never be changed: applying the same
 *   release again finds the same Job, a changed one makes a new Job that runs.
 */
export function stamp(manifests: readonly Manifest[]): Manifest[] {
  const configOf = stampOf(manifests);
  return manifests.map((manifest) => {
    const template = templateOf(manifest);
    if (!template) return manifest;
    const config = configOf(template.spec);
    if (config !== undefined) {
      const { annotations, ...metadata } = template.metadata;
      template.metadata = {
        annotations: sorted({ ...annotations, [CONFIG_ANNOTATION]: config }),
        ...metadata,
      };
    }
    return manifest.kind === 'Job'
      ? named(manifest, `${manifest.metadata.name}-${hash(manifest.spec)}`)
      : manifest;
  });
}

/** The hash of the ConfigMaps and Secrets that a pod uses; undefined if it uses none of these manifests. */
export function stampOf(manifests: readonly Manifest[]): (pod: object) => string | undefined {
  const contents = new Map(
    manifests
      .filter(isConfiguration)
      .map((manifest) => [`${manifest.kind}/${manifest.metadata.name}`, manifest.data]),
  );
  // Many pods use the same.
  const hashes = new Map<string, string | undefined>([['', undefined]]);
  return (pod) => {
    const used = [...configurationIn(pod, new Set())].filter((name) => contents.has(name)).sort();
    const id = used.join();
    if (!hashes.has(id)) hashes.set(id, hash(used.map((name) => [name, contents.get(name)])));
    return hashes.get(id);
  };
}

const isConfiguration = ({ kind }: Manifest): boolean => kind === 'ConfigMap' || kind === 'Secret';

const templateOf = ({ kind, spec }: Manifest): PodTemplate | undefined =>
  kind === 'CronJob' ? spec?.jobTemplate?.spec.template : spec?.template;

const named = (manifest: Manifest, name: string): Manifest => ({
  ...manifest,
  metadata: { ...manifest.metadata, name },
});

/** How a pod refers to configuration: the field, the kind, and the field with the name. */
const REFERENCES: Readonly<Record<string, { readonly kind: string; readonly name: string }>> = {
  configMap: { kind: 'ConfigMap', name: 'name' },
  configMapRef: { kind: 'ConfigMap', name: 'name' },
  configMapKeyRef: { kind: 'ConfigMap', name: 'name' },
  secret: { kind: 'Secret', name: 'secretName' },
  secretRef: { kind: 'Secret', name: 'name' },
  secretKeyRef: { kind: 'Secret', name: 'name' },
};

type Fields = Readonly<Record<string, Readonly<Record<string, unknown>> | string | null>>;

/** Adds to `found` what a value refers to. */
function configurationIn(value: object, found: Set<string>): Set<string> {
  for (const field in value) {
    const child = (value as Fields)[field];
    if (child === null || typeof child !== 'object') continue;
    const reference = REFERENCES[field];
    // A projected volume says `secret.name` where a plain one says `secret.secretName`.
    const name = reference && (child[reference.name] ?? child['name']);
    if (name) found.add(`${reference.kind}/${name}`);
    configurationIn(child, found);
  }
  return found;
}

const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

const hash = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 10);
