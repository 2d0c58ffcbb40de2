import { isA } from '../../checker/manifests/kubernetes';
import type { Manifest } from '../../checker/manifests/manifest';

/**
 * An object without what must not be shown. Secrets are where values may stand, and nowhere else: the page is written only
 * if the rules have found none in any other object. Fake values are left out, too: a page is passed on.
 */
export function withoutValues(manifest: Manifest): Manifest {
  if (!isA(manifest, 'Secret')) return manifest;
  const hidden = (entries: object) =>
    Object.fromEntries(Object.keys(entries).map((key) => [key, '(not shown here)']));
  return {
    ...manifest,
    ...(manifest.data && { data: hidden(manifest.data) }),
    ...(manifest.stringData && { stringData: hidden(manifest.stringData) }),
  };
}
