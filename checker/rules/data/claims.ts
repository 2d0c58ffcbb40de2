import { scaleOf } from '../../analysis/capacity';
import type { PodSpec } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { listOf, ofKind, type Workload, workloads } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';

export const sharedClaims = rule({
  id: 'shared-claims',
  what: 'Several pods use a claim that one node, or one pod, can mount at a time.',
  why: 'A ReadWriteOnce volume is attached to one node. Pods on other nodes wait for it in ContainerCreating (Multi-Attach error), and a rollout that starts the new pod first never ends. On a cluster of one node no one notices.',
  remedy:
    'Use a claim with ReadWriteMany, a claim for each pod (a StatefulSet with volumeClaimTemplates), or one pod with the strategy Recreate.',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
  find: ({ manifests }) =>
    ofKind(manifests, 'PersistentVolumeClaim').map(({ metadata, spec }) => {
      const modes = listOf(spec?.accessModes);
      const bound = modes.includes(POD.mode) ? POD : NODE;
      if (modes.length === 0 || modes.some((mode) => mode !== NODE.mode && mode !== POD.mode))
        return undefined;
      const users = workloads(manifests)
        .filter(({ manifest }) => manifest.metadata.namespace === metadata.namespace)
        .filter(({ pod }) => volumeOf(pod, metadata.name) && (bound === POD || !isPinned(pod)));
      // A Job waits for its turn with another Job; nothing has its turn beside what runs all the time.
      const first = users.find(({ serves, manifest }) => serves || manifest.kind === 'Pod');
      return users.map((user) => [
        severalPods(user, metadata.name, bound, manifests),
        first !== undefined && user !== first && beside(first, user, metadata.name, bound),
      ]);
    }),
});

const NODE = { mode: 'ReadWriteOnce', who: 'one node', second: 'a second one on another node' } as const;
const POD = { mode: 'ReadWriteOncePod', who: 'one pod', second: 'a second one' } as const;
type Bound = typeof NODE | typeof POD;

const volumeOf = ({ volumes }: PodSpec, claim: string) =>
  listOf(volumes).find((volume) => volume?.persistentVolumeClaim?.claimName === claim);

const whereOf = ({ pod, podPath }: Workload, claim: string): string =>
  `${podPath}.volumes[${volumeOf(pod, claim)?.name}].persistentVolumeClaim.claimName`;

const HOST = 'kubernetes.io/hostname';

/** Whether something keeps its pods on one node, together or with the others. */
const isPinned = ({ nodeName, nodeSelector, affinity }: PodSpec): boolean =>
  nodeName !== undefined ||
  nodeSelector?.[HOST] !== undefined ||
  listOf(affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution).some(
    (term) => term?.topologyKey === HOST,
  );

/** The pods of one workload, at rest and while they are replaced. */
function severalPods(
  user: Workload,
  claim: string,
  { mode, who, second }: Bound,
  manifests: readonly Manifest[],
): Findings {
  const { max, surge } = scaleOf(user, manifests);
  const everywhere = user.manifest.kind === 'DaemonSet';
  if (everywhere || max > 1) {
    const pods = everywhere ? 'a pod on each node' : `up to ${max} pods`;
    const wrong = `is a claim with ${mode}, which ${who} at a time can mount, and ${user.name} has ${pods}: ${second} never starts`;
    const remedy =
      'Use one pod, a claim with ReadWriteMany, or a StatefulSet with a claim for each pod (volumeClaimTemplates)';
    return { where: whereOf(user, claim), value: claim, wrong, remedy };
  }
  if (max === 0 || surge === 0) return undefined;
  const wrong = `starts the new pod while the old one has the claim ${claim} with ${mode}: ${second} never starts, and the rollout never ends`;
  return { where: `${user.name} spec.strategy.type`, wrong, remedy: 'Use Recreate' };
}

const beside = (first: Workload, user: Workload, claim: string, { who, second }: Bound): Findings => ({
  where: whereOf(user, claim),
  value: claim,
  wrong: `is a claim that a pod of ${first.name} uses all the time, and ${who} at a time can mount it: ${second} never starts`,
  remedy: 'Use a claim with ReadWriteMany, or let a podAffinity keep both on one node',
});
