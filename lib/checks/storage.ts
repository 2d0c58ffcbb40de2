import { quantity } from '../kubernetes/quantity';
import type { Finding, Manifest } from './check';
import { rule } from './rule';
import { type Json, nameOf, ofKind } from './workloads';

export const storage = rule({
  id: 'storage',
  what: 'A volume shrinks, changes its class, or loses its owner.',
  why: 'Volumes are named after what owns them: after a rename Kubernetes starts an empty one and leaves the data to nobody; shrinking and changing the class are refused.',
  remedy: 'Keep name, class and size; to move data, dump it and restore it into a new volume.',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims',
  needs: ['committed'],
  find: ({ manifests, committed }) => {
    const now = new Map(claims(manifests).map((claim) => [claim.name, claim.spec]));
    return [
      ...vanished(manifests, committed),
      ...claims(committed).flatMap(({ name, spec: before }) => {
        const after = now.get(name);
        return after ? [...smaller(name, before, after), ...otherClass(name, before, after)] : [];
      }),
    ];
  },
});

interface Claim {
  /** `PersistentVolumeClaim/backup` or `StatefulSet/postgres spec.volumeClaimTemplates[data]` */
  readonly name: string;
  readonly spec: Json;
}

const claims = (manifests: readonly Manifest[]): Claim[] => [
  ...ofKind(manifests, 'PersistentVolumeClaim').map((claim) => ({ name: nameOf(claim), spec: claim.spec })),
  ...ofKind(manifests, 'StatefulSet').flatMap((set) =>
    (set.spec?.volumeClaimTemplates ?? []).map(({ metadata, spec }: Json) => ({
      name: `${nameOf(set)} spec.volumeClaimTemplates[${metadata?.name}]`,
      spec,
    })),
  ),
];

/** Gone altogether: the object, or one of the templates by which it makes claims. */
function vanished(manifests: readonly Manifest[], committed: readonly Manifest[]): Finding[] {
  const objects = ['PersistentVolumeClaim', 'StatefulSet'];
  const names = (all: readonly Manifest[]) => [
    ...all.filter(({ kind }) => objects.includes(kind)).map(nameOf),
    ...claims(all).map(({ name }) => name),
  ];
  const remaining = new Set(names(manifests));
  const gone = [...new Set(names(committed))].filter((name) => !remaining.has(name));
  return (
    gone
      // The templates of a StatefulSet that is gone itself are not news.
      .filter((name) => !gone.some((owner) => name.startsWith(`${owner} `)))
      .map((where) => ({
        where,
        wrong:
          'was committed and is gone or renamed: Kubernetes would start an empty one under the new name and leave the old volumes, with the data, to nobody',
        remedy: `Keep the name. To give it up, save the data, delete the object in the cluster, and remove it from the committed manifests in a commit of its own`,
      }))
  );
}

function smaller(name: string, before: Json, after: Json): Finding[] {
  const [old, size] = [before, after].map((spec) => spec?.resources?.requests?.storage);
  if ((quantity(size) ?? 0) >= (quantity(old) ?? 0)) return [];
  return [
    {
      where: `${name} spec.resources.requests.storage`,
      value: size,
      wrong: `is less than the ${old} committed: Kubernetes answers "Forbidden: field can not be less than previous value", because shrinking would cut data off`,
      remedy: `Keep at least ${old}. To shrink, dump the data, create a new volume and restore into it`,
    },
  ];
}

function otherClass(name: string, before: Json, after: Json): Finding[] {
  if (before?.storageClassName === after?.storageClassName) return [];
  const old = before?.storageClassName ?? "the cluster's default";
  return [
    {
      where: `${name} spec.storageClassName`,
      value: after?.storageClassName,
      wrong: `differs from ${old}, which was committed: Kubernetes answers "Forbidden: spec is immutable", because the data stays in the volume it is in`,
      remedy: `Keep ${old}. To move, dump the data, create a new volume in the new class and restore into it`,
    },
  ];
}
