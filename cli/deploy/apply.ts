import type { Manifest } from '../../checker/manifests/manifest';
import { type Kubectl, listOf } from '../cluster/kubectl';
import { applyServerSide, withLastApplied } from '../cluster/server-side-apply';
import { type Live, liveOf } from '../release/live-objects';
import { staysBecause, takesDataAlong } from '../release/ownership';
import { type Identity, identityOf, keyOf } from '../release/release';

/**
 * Applies a release.
 *
 * @param live the objects as they are
 * @returns warnings of the API server
 * @throws CliError
 */
export async function apply(kubectl: Kubectl, manifests: readonly Manifest[], live: Live): Promise<string> {
  const objects = manifests.map((manifest) => ({
    manifest,
    // The annotation would repeat the values of a Secret.
    annotated: manifest.kind === 'Secret' ? manifest : withLastApplied(manifest),
    live: live.get(keyOf(manifest)),
  }));
  const next = () => 'Run it again: what is applied already stays as it is';
  return (await applyServerSide(kubectl, objects, [], next)).map(({ stderr }) => stderr).join('');
}

/** Deletes objects that only earlier releases describe, unless another program manages them by now. */
export async function prune(
  kubectl: Kubectl,
  environment: string,
  objects: readonly Identity[],
): Promise<void> {
  const live = await liveOf(kubectl, objects);
  const deleted = objects.filter((object) => {
    const found = live.get(keyOf(object));
    if (!found || found.metadata.deletionTimestamp) return false;
    return !staysBecause(found, environment) && !takesDataAlong(found);
  });
  if (deleted.length === 0) return;
  await kubectl.run(['delete', '--ignore-not-found', '--wait=false', '--filename=-'], {
    input: listOf(deleted.map(identityOf)),
  });
}
