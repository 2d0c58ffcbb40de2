import type { WorkloadSpec } from '../../manifests/kubernetes';
import { nameOf, ofKind } from '../../manifests/workloads';
import { rule } from '../../rule';
import { fieldFindings } from '../fields';

export const rollout = rule({
  id: 'rollout',
  what: 'A rollout would not reach all pods, would stop them all first, or could not be undone.',
  why: 'The change looks applied and the old version keeps running, or users see errors at each release.',
  remedy: 'Use RollingUpdate without a partition, and keep some revisions.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy',
  find: ({ manifests, resilient }) => [
    ...ofKind(manifests, 'Deployment').flatMap((deployment) => {
      const { paused, strategy, revisionHistoryLimit } = deployment.spec ?? {};
      const stops = resilient === true && strategy?.type === 'Recreate';
      return fieldFindings(`${nameOf(deployment)} spec`, [
        ['paused', paused, paused === true && 'stops every rollout', 'Leave it out'],
        [
          'strategy.type',
          strategy?.type,
          stops && 'stops all pods before the first new one starts',
          'Use RollingUpdate',
        ],
        [
          'revisionHistoryLimit',
          revisionHistoryLimit,
          revisionHistoryLimit === 0 && 'leaves no revision to roll back to',
          'Keep some',
        ],
      ]);
    }),
    ...[...ofKind(manifests, 'StatefulSet'), ...ofKind(manifests, 'DaemonSet')].flatMap((set) => {
      const { updateStrategy }: WorkloadSpec = set.spec ?? {};
      const { type, rollingUpdate: { partition = 0 } = {} } = updateStrategy ?? {};
      return fieldFindings(`${nameOf(set)} spec.updateStrategy`, [
        [
          'type',
          type,
          type === 'OnDelete' && 'replaces a pod only when it is deleted by hand',
          'Use RollingUpdate',
        ],
        [
          'rollingUpdate.partition',
          partition,
          partition > 0 && 'keeps the first pods at the old version',
          'Leave it out',
        ],
      ]);
    }),
  ],
});
