import { apart, mark } from './apart';
import { grouped } from './grouped';
import { mayMakeOthers } from './kinds';
import type { Manifest } from './manifest';
import { nameOf, once } from './workloads';

/** Where an object is. Without a namespace, that is for `kubectl --namespace` to say: the one of all others, if they agree. */
export const namespaceOf = (manifest: Manifest): string =>
  manifest.metadata.namespace ?? apart.get(manifest)?.namespace ?? 'default';

/** Copies of manifests that `nameOf` tells apart, whatever their names and namespaces; and if those are many, the copies of each. */
export function distinguished(manifests: readonly Manifest[]) {
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

/**
 * Whether there may be objects in a namespace that these manifests do not have: pods, Services or Secrets that a controller
 * makes of an object of another kind. What is missing there, or not used, no one knows then.
 */
export function mayHaveOthers(manifests: readonly Manifest[], namespace: string | undefined): boolean {
  const all = makers(manifests);
  return all.has(undefined) || (namespace === undefined ? all.size > 0 : all.has(namespace));
}

const makers = once(
  (manifests: readonly Manifest[]): ReadonlySet<string | undefined> =>
    new Set(manifests.filter(mayMakeOthers).map(({ metadata }) => metadata.namespace)),
);
