import { deletion } from '../../immutable/field';
import type { WorkloadObject } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { identity, nameOf, ofKind, workloads } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';
import { unreadable } from './server-versions';

export const storage = rule({
  id: 'storage',
  what: 'An object that keeps data is renamed, moved to another namespace, removed, or used by a server that cannot read the data, or not as it was written.',
  why: 'Volumes are named after their owner: under another name Kubernetes creates an empty volume without a warning, and nothing uses the data any more.',
  remedy: 'Keep the name and the namespace; to move data, dump it and restore it into a new volume.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage',
  needs: ['committed'],
  find: ({ manifests, committed }) => {
    const remaining = new Set(manifests.map(identity));
    return [
      committed.filter((manifest) => !remaining.has(identity(manifest))).map(lost),
      incompatible(committed, manifests),
    ];
  },
});

function lost(before: WorkloadObject): Findings {
  const volumes = volumesOf(before);
  // A laptop's claims go with it: to leave it out there costs nothing.
  const isThrownAway = before.spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete';
  if (volumes === undefined || isThrownAway) return undefined;
  return {
    where: `${nameOf(before)} metadata.name`,
    wrong: `was committed and is gone, renamed, or in another namespace: Kubernetes accepts that, starts an empty one under the new name, and leaves the old one running or unused; at stake: ${volumes}`,
    remedy: `Keep the name. To give it up, save the data, apply, delete the old one with its claims (\`${deletion(before)}\`), and add an exception to rules/exceptions.ts`,
  };
}

function volumesOf({ kind, metadata, spec }: WorkloadObject): string | undefined {
  if (kind === 'PersistentVolumeClaim') return 'the data in its volume';
  const templates = spec?.volumeClaimTemplates ?? [];
  const claims = templates.map((template) => `${template?.metadata?.name}-${metadata.name}-<number>`);
  return claims.length === 0 ? undefined : `the data in the claims ${claims.join(', ')}`;
}

/** What reads the files that another image of the same server has written. */
function incompatible(committed: readonly Manifest[], manifests: readonly Manifest[]): Findings {
  const before = new Map(ofKind(committed, 'StatefulSet').map((set) => [identity(set), set]));
  return workloads(manifests).flatMap(({ manifest, pod, podPath }) => {
    const old = before.get(identity(manifest));
    // What is written in the same way is the very same object.
    if (!old || old === manifest || volumesOf(old) === undefined) return undefined;
    const olds = old.spec?.template?.spec?.containers ?? [];
    return (pod.containers ?? []).map(({ name, image }) => {
      const reason = unreadable(olds.find((container) => container?.name === name)?.image, image);
      return reason && { where: `${podPath}.containers[${name}].image`, value: image, ...reason };
    });
  });
}
