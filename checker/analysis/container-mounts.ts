import type * as k8s from 'cdk8s-plus-27/lib/imports/k8s';
import { type Inventory, inventory, resolve } from '../manifests/inventory';
import type { Loose, Volume } from '../manifests/kubernetes';
import { type Container, containers, listOf, once, type Workload, workloads } from '../manifests/workloads';
import type { Subject } from '../subject';

/** A volume as a container sees it. */
export interface Mount {
  /** `Deployment/web spec.template.spec.containers[web].volumeMounts[secrets]` */
  readonly where: string;
  /** Name of the volume. */
  readonly volume: string;
  /** Where it appears, without a slash at the end. */
  readonly path: string;
  /** The files in it, below `path`; undefined where programs write them, or they are unknown. */
  readonly files?: readonly string[];
  /** The one file or folder of the volume that appears, instead of all. */
  readonly subPath?: string;
}

/** A container, and what it sees of its volumes. */
export interface View {
  readonly workload: Workload;
  readonly container: Container;
  readonly mounts: readonly Mount[];
}

/** Every container. */
export const views = once((subject: Subject): readonly View[] =>
  workloads(subject.manifests).flatMap((workload) =>
    containers(workload).map((container) => ({
      workload,
      container,
      mounts: mounts(container, workload, subject),
    })),
  ),
);

function mounts({ path, spec }: Container, { manifest, pod }: Workload, subject: Subject): Mount[] {
  const volumes = new Map((pod.volumes ?? []).map((volume) => [volume?.name, volume]));
  return (spec.volumeMounts ?? [])
    .filter((mount) => typeof mount?.mountPath === 'string')
    .map(({ name = '', mountPath = '', subPath }) => ({
      where: `${path}.volumeMounts[${name}]`,
      volume: name,
      path: withoutSlash(mountPath),
      files: filesIn(volumes.get(name), manifest.metadata.namespace, inventory(subject)),
      subPath: typeof subPath === 'string' && subPath !== '' ? withoutSlash(subPath) : undefined,
    }));
}

const withoutSlash = (path: string): string => path.replace(/\/+$/, '');

/** The files of a volume that Kubernetes fills, and that is read-only; undefined for all others. */
function filesIn(
  volume: Volume | undefined,
  namespace: string | undefined,
  known: Inventory,
): string[] | undefined {
  if (volume?.secret)
    return filesFrom({ secret: { ...volume.secret, name: volume.secret.secretName } }, namespace, known);
  if (volume?.configMap || volume?.downwardAPI) return filesFrom(volume, namespace, known);
  if (!Array.isArray(volume?.projected?.sources)) return undefined;
  const all = listOf(volume?.projected?.sources).map((source) =>
    filesFrom(source as Source, namespace, known),
  );
  return all.every((files) => files !== undefined) ? all.flat() : undefined;
}

/** A plain volume has the same parts. `clusterTrustBundle` came after the types. */
type Source = Loose<k8s.VolumeProjection> & { readonly clusterTrustBundle?: { readonly path?: string } };

/** What one source puts into a volume: the entries that it lists, or everything that is in the object. */
function filesFrom(
  source: Source | undefined,
  namespace: string | undefined,
  known: Inventory,
): string[] | undefined {
  const { configMap, secret, downwardAPI, serviceAccountToken, clusterTrustBundle } = source ?? {};
  const single = (serviceAccountToken ?? clusterTrustBundle)?.path;
  if (single !== undefined) return [single];
  const items = (configMap ?? secret ?? downwardAPI)?.items;
  if (Array.isArray(items)) return items.map((item) => String(item?.path));
  const reference = {
    kind: configMap ? 'ConfigMap' : 'Secret',
    name: (configMap ?? secret)?.name ?? '',
    namespace,
  };
  return resolve(reference, known)?.keys?.slice();
}

/** The file that a container finds at a path, as far as its volumes show. */
export type Found = 'there' | 'missing' | 'unmounted';

/** Whether there is a file, or a folder with files, at a path; a volume that programs write to may hold anything. */
export function lookUp(
  given: string,
  all: readonly Mount[],
): { readonly found: Found; readonly mount?: Mount } {
  const path = real(given);
  const holds = (mount: Mount) => `${path}/`.startsWith(`${real(mount.path)}/`);
  const [mount] = all.filter(holds).sort((a, b) => b.path.length - a.path.length);
  if (!mount) return { found: 'unmounted' };
  const inside = [mount.subPath, path.slice(real(mount.path).length + 1)].filter(Boolean).join('/');
  const there =
    !mount.files ||
    inside === '' ||
    has(mount.files, inside) ||
    all.some((other) => real(other.path).startsWith(`${path}/`));
  return { found: there ? 'there' : 'missing', mount };
}

/** In nearly every image /var/run is a link to /run. */
const real = (path: string): string =>
  path.startsWith('/var/run') ? path.replace(/^\/var\/run(?=\/|$)/, '/run') : path;

export const has = (files: readonly string[], path: string): boolean =>
  files.some((file) => file === path || file.startsWith(`${path}/`));
