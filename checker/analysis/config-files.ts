import type { Manifest } from '../manifests/check';
import { type Json, ofKind, type Workload } from '../manifests/workloads';

/** The files with this ending that a pod mounts from ConfigMaps, with their text. */
export function configFiles({ pod }: Workload, ending: string, manifests: readonly Manifest[]) {
  const mounted = new Set(
    (pod.volumes ?? []).flatMap(({ configMap, projected }: Json) => [
      configMap?.name,
      ...(projected?.sources ?? []).map(({ configMap }: Json) => configMap?.name),
    ]),
  );
  return ofKind(manifests, 'ConfigMap')
    .filter(({ metadata }) => mounted.has(metadata.name))
    .flatMap(({ metadata, data }) =>
      Object.entries<string>(data ?? {})
        .filter(([file]) => file.endsWith(ending))
        .map(([file, text]) => ({ where: `ConfigMap/${metadata.name} data[${file}]`, text: String(text) })),
    );
}
