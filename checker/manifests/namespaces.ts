import { apart, mark } from './apart';
import { grouped } from './grouped';
import type { Manifest } from './manifest';
import { nameOf } from './workloads';

/** Where an object is. Without a namespace, that is for `kubectl --namespace` to say: the one of all others, if they agree. */
export const namespaceOf = (manifest: Manifest): string =>
  manifest.metadata.namespace ?? apart.get(manifest)?.namespace ?? 'default';

/** Copies of manifests that `nameOf` tells apart, whatever their names and namespaces; and if those are many, the copies of each. */
export function toldApart(manifests: readonly Manifest[]) {
  const [only, ...more] = new Set(manifests.flatMap(({ metadata }) => metadata.namespace ?? []));
  const several = more.length > 0;
  const all = manifests.map((manifest, i) => {
    const copy = { ...manifest };
    const { namespace } = manifest.metadata;
    // As Argo CD and Flux write it.
    const name = several && namespace ? nameOf(copy).replace('/', () => `/${namespace}/`) : nameOf(copy);
    apart.set(copy, { name, mark: mark(i), namespace: several ? undefined : only });
    return copy;
  });
  return { all, namespaces: several ? grouped(all.map((one) => [namespaceOf(one), one])) : undefined };
}
