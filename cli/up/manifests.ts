import type { WorkloadObject } from '../../checker/manifests/kubernetes';
import type { Manifest } from '../../checker/manifests/manifest';
import { filesOf } from '../../lib/output/files';
import { localIngressController } from '../../local/traefik';
import { synthesize } from '../../rules/synthesize';
import type { World } from '../world';

/** On a pod template: which contents its images have. A new value is a new template, and so a rollout. */
export const CONTENTS = 'coped.org/image-contents';

/**
 * An environment's objects as the sources say them now.
 * @throws Problems if the checks find any
 */
export const manifestsOf = ({ environments }: World, name: string): Manifest[] =>
  synthesize(environments.filter((environment) => environment.name === name)).flatMap(({ files }) =>
    files.flatMap(({ manifests }) => manifests),
  );

/** The ingress controller for a cluster that has none. */
export const ingressManifests = (): Manifest[] =>
  filesOf(localIngressController()).flatMap(({ manifests }) => manifests);

/** The images of an object's pods, if it has any. */
export function imagesIn({ spec }: WorkloadObject): ReadonlySet<string> {
  const template = spec?.template ?? spec?.jobTemplate?.spec?.template;
  const { containers = [], initContainers = [] } = template?.spec ?? {};
  return new Set([...initContainers, ...containers].flatMap(({ image }) => image ?? []));
}

/**
 * Writes the contents of its images that are built here on each server's pods, so that new contents under the same tag
 * reach them, and pods whose image has not changed go on. A Job's pods cannot change.
 */
export function withContents(
  manifests: readonly Manifest[],
  contents: ReadonlyMap<string, string>,
): Manifest[] {
  return manifests.map((manifest: WorkloadObject) => {
    const own = [...imagesIn(manifest)].flatMap((image) => contents.get(image) ?? []);
    if (own.length === 0 || !['Deployment', 'StatefulSet'].includes(manifest.kind)) return manifest;
    const template = manifest.spec?.template;
    const annotations = { ...template?.metadata?.annotations, [CONTENTS]: own.sort().join('-') };
    const metadata = { ...template?.metadata, annotations };
    return { ...manifest, spec: { ...manifest.spec, template: { ...template, metadata } } };
  });
}
