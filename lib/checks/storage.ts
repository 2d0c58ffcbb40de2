import type { Finding, Manifest } from './check';
import { deletion } from './immutable/field';
import { rule } from './rule';
import { identity, type Json, nameOf } from './workloads';

export const storage = rule({
  id: 'storage',
  what: 'Something that keeps data is renamed, moved to another namespace, or dropped.',
  why: 'Volumes are named after what owns them: under another name Kubernetes starts an empty one without a word, and leaves the data to nobody.',
  remedy: 'Keep the name and the namespace; to move data, dump it and restore it into a new volume.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage',
  needs: ['committed'],
  find: ({ manifests, committed }) => {
    const remaining = new Set(manifests.map(identity));
    return committed.filter((manifest) => !remaining.has(identity(manifest))).flatMap(lost);
  },
});

function lost(before: Manifest): Finding[] {
  const volumes = volumesOf(before);
  if (volumes === undefined) return [];
  return [
    {
      where: `${nameOf(before)} metadata.name`,
      wrong: `was committed and is gone, renamed, or in another namespace: Kubernetes accepts that, starts an empty one under the new name, and leaves the old one running or unused; at stake: ${volumes}`,
      remedy: `Keep the name. To give it up, save the data, apply, delete the old one with its claims (\`${deletion(before)}\`), and excuse it in lib/checks/exceptions.ts`,
    },
  ];
}

function volumesOf({ kind, metadata, spec }: Manifest): string | undefined {
  if (kind === 'PersistentVolumeClaim') return 'the data in its volume';
  const templates: Json[] = spec?.volumeClaimTemplates ?? [];
  const claims = templates.map((template) => `${template?.metadata?.name}-${metadata.name}-<number>`);
  return claims.length === 0 ? undefined : `the data in the claims ${claims.join(', ')}`;
}
