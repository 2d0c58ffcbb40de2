import { scaleOf } from '../../analysis/capacity';
import { grouped } from '../../manifests/grouped';
import type { PodSpec } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { listOf, ofKind, type Workload, workloads } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';

export const sharedClaims = rule({
  id: 'shared-claims',
  what: 'Several pods use a claim that one node, or one pod, can mount at a time.',
  why: 'A ReadWriteOnce volume is attached to one node. Pods on other nodes wait for it in ContainerCreating (Multi-Attach error), and a rollout that starts the new pod first never ends. On a cluster of one node nobody notices.',
  remedy:
    'Use a claim with ReadWriteMany, a claim for each pod (a StatefulSet with volumeClaimTemplates), or one pod with the strategy Recreate.',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
  find: ({ manifests }) =>
    ofKind(manifests, 'PersistentVolumeClaim').map(({ metadata, spec }) => {
      const modes = listOf(spec?.accessModes);
      if (modes.length === 0 || modes.some((mode) => !ONCE.includes(String(mode)))) return undefined;
      const single = modes.includes('ReadWriteOncePod');
      const users = usersOf(metadata, manifests).filter(({ workload }) => single || !isPinned(workload.pod));
      return [
        users.map((user) => ofOne(user, single ? SINGLE : NODE, manifests)),
        ofSeveral(users, single ? SINGLE : NODE),
      ];
    }),
});

const NODE = { mode: 'ReadWriteOnce', bound: 'one node', other: ' on another node' };
const SINGLE = { mode: 'ReadWriteOncePod', bound: 'one pod', other: '' };
const ONCE = [NODE.mode, SINGLE.mode];

interface User {
  readonly workload: Workload;
  readonly where: string;
  readonly claim: string;
}

const usersOf = ({ name, namespace }: Manifest['metadata'], manifests: readonly Manifest[]): User[] =>
  workloads(manifests)
    .filter(({ manifest }) => manifest.metadata.namespace === namespace)
    .flatMap((workload) =>
      listOf(workload.pod.volumes)
        .filter((volume) => volume?.persistentVolumeClaim?.claimName === name)
        .map((volume) => ({
          workload,
          where: `${workload.podPath}.volumes[${volume.name}].persistentVolumeClaim.claimName`,
          claim: name,
        })),
    );

const HOST = 'kubernetes.io/hostname';

/** Whether something keeps its pods on one node, together or with the others. */
const isPinned = ({ nodeName, nodeSelector, affinity }: PodSpec): boolean =>
  nodeName !== undefined ||
  nodeSelector?.[HOST] !== undefined ||
  listOf(affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution).some(
    (term) => term?.topologyKey === HOST,
  );

/** The pods of one workload, at rest and while they are replaced. */
function ofOne(
  { workload, where, claim }: User,
  { mode, bound, other }: typeof NODE,
  manifests: readonly Manifest[],
): Findings {
  const { kind, spec } = workload.manifest;
  const { max, surge } = scaleOf(workload, manifests);
  const pods = kind === 'DaemonSet' ? 'a pod on each node' : `up to ${max} pods`;
  if (kind === 'DaemonSet' || max > 1) {
    return {
      where,
      value: claim,
      wrong: `is a claim with ${mode}, which ${bound} at a time can mount, and ${workload.name} has ${pods}: a second one${other} never starts`,
      remedy:
        'Use one pod, a claim with ReadWriteMany, or a StatefulSet with a claim for each pod (volumeClaimTemplates)',
    };
  }
  return (
    max === 1 &&
    surge > 0 && {
      where: `${workload.name} spec.strategy.type`,
      value: spec?.strategy?.type,
      wrong: `starts the new pod while the old one has the claim ${claim} (${mode}):${other} it never starts, and the rollout never ends`,
      remedy: 'Use Recreate',
    }
  );
}

/** A Job waits for its turn with another Job; nothing has its turn beside what runs all the time. */
function ofSeveral(users: readonly User[], { bound, other }: typeof NODE): Findings {
  const [first, ...others] = [...grouped(users.map((user) => [user.workload, user])).values()]
    .flatMap(([user]) => user ?? [])
    .sort((a, b) => Number(runs(b.workload)) - Number(runs(a.workload)));
  if (!first || !runs(first.workload)) return undefined;
  return others.map(({ workload, where, claim }) => ({
    where,
    value: claim,
    wrong: `is a claim that ${first.workload.name} uses all the time, and ${bound} at a time can mount it: a pod of ${workload.name}${other} never starts`,
    remedy: 'Use a claim with ReadWriteMany, or let a podAffinity keep both on one node',
  }));
}

const runs = ({ serves, manifest }: Workload): boolean => serves || manifest.kind === 'Pod';
