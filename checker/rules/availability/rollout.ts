import type { WorkloadSpec } from '../../manifests/kubernetes';
import { ofKind } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

export const rollout = rule({
  id: 'rollout',
  what: 'A rollout would not reach all pods, would stop them all first, or could not be undone.',
  why: 'The change looks applied and the old version keeps running, or users see errors at each release.',
  remedy: 'Use RollingUpdate without a partition, and keep some revisions.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy',
  find: ({ manifests, resilient }) => [
    ...ofKind(manifests, 'Deployment').flatMap(({ metadata, spec }) =>
      at(`Deployment/${metadata.name} spec`, [
        ['paused', spec?.paused, spec?.paused === true, 'stops every rollout', 'Leave it out'],
        [
          'strategy.type',
          spec?.strategy?.type,
          resilient === true && spec?.strategy?.type === 'Recreate',
          'stops all pods before the first new one starts',
          'Use RollingUpdate',
        ],
        [
          'revisionHistoryLimit',
          spec?.revisionHistoryLimit,
          spec?.revisionHistoryLimit === 0,
          'leaves no revision to roll back to',
          'Keep some',
        ],
      ]),
    ),
    ...[...ofKind(manifests, 'StatefulSet'), ...ofKind(manifests, 'DaemonSet')].flatMap(
      ({ kind, metadata, spec }) =>
        at(`${kind}/${metadata.name} spec.updateStrategy`, [
          [
            'type',
            spec?.updateStrategy?.type,
            spec?.updateStrategy?.type === 'OnDelete',
            'replaces a pod only when it is deleted by hand',
            'Use RollingUpdate',
          ],
          [
            'rollingUpdate.partition',
            partitionOf(spec),
            (partitionOf(spec) ?? 0) > 0,
            'keeps the first pods at the old version',
            'Leave it out',
          ],
        ]),
    ),
  ],
});

/** Of a StatefulSet; a DaemonSet has none. */
const partitionOf = (spec: WorkloadSpec | undefined): number | undefined =>
  spec?.updateStrategy?.rollingUpdate?.partition;

type Question = readonly [field: string, value: unknown, isWrong: boolean, wrong: string, remedy: string];

const at = (where: string, questions: readonly Question[]): Finding[] =>
  questions.flatMap(([field, value, isWrong, wrong, remedy]) =>
    isWrong ? [{ where: `${where}.${field}`, value, wrong, remedy }] : [],
  );
