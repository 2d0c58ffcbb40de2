import { quantity, sum } from '../../../formats/quantity';
import { type Bound, scaleOf } from '../../analysis/capacity';
import type { ObjectOf, WorkloadSpec } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { containers, nameOf, ofKind, type Workload, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';
import { fieldFindings } from '../fields';

export const availability = rule({
  id: 'availability',
  what: 'A server has no replicas, no replica count, a minimum above the maximum, a count beside an autoscaler, or an autoscaler that can never scale up.',
  why: 'A Deployment with no replicas is accepted, and its Service has no endpoints; a count beside an autoscaler resets it at every apply.',
  remedy: 'Run at least one replica, and leave the count out where an autoscaler sets it.',
  link: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  find: ({ manifests }) =>
    workloads(manifests).flatMap((workload) => [
      ...replicas(workload, manifests),
      ...autoscalersOf(workload, manifests).flatMap((autoscaler) => targets(autoscaler, workload)),
    ]),
});

function replicas(workload: Workload, manifests: readonly Manifest[]): Finding[] {
  const { name, manifest } = workload;
  if (!workload.serves) return [];
  const given = manifest.spec?.replicas;
  const autoscaled = autoscalersOf(workload, manifests).length > 0;
  if (autoscaled && given !== undefined) {
    const wrong = 'is set although an autoscaler manages it: every apply would reset it';
    return [{ where: `${name} spec.replicas`, value: given, wrong, remedy: 'Leave replicas out' }];
  }
  if (!autoscaled && given === undefined && manifest.kind !== 'DaemonSet') {
    const wrong = 'is missing and no autoscaler sets it, so a single pod runs';
    return [{ where: `${name} spec.replicas`, wrong, remedy: 'Set it, or add an autoscaler' }];
  }
  const { min, max } = scaleOf(workload, manifests);
  if (min >= 1 && max >= min) return [];
  const wrong = min < 1 ? 'leaves no pod to answer requests' : 'has a minimum above the maximum';
  return [
    {
      where: autoscaled ? `${name} autoscaler` : `${name} spec.replicas`,
      value: autoscaled ? { minReplicas: min, maxReplicas: max } : min,
      wrong,
      remedy: 'Use at least 1; to switch a component off, leave it out of the environment',
    },
  ];
}

type Autoscaler = ObjectOf<'HorizontalPodAutoscaler'>;

const autoscalersOf = ({ name }: Workload, manifests: readonly Manifest[]): readonly Autoscaler[] =>
  ofKind(manifests, 'HorizontalPodAutoscaler').filter(
    ({ spec }) => `${spec?.scaleTargetRef?.kind}/${spec?.scaleTargetRef?.name}` === name,
  );

/** A pod cannot use more than its limits: with a target above them, no pod is ever added. */
const targets = (autoscaler: Autoscaler, workload: Workload): Finding[] =>
  (autoscaler.spec?.metrics ?? []).flatMap(({ resource }, i): Finding[] => {
    const { averageUtilization, averageValue } = resource?.target ?? {};
    const amounts = (bound: Bound): number =>
      sum(
        containers(workload)
          .filter(({ init, spec }) => !init || spec.restartPolicy === 'Always')
          .map(({ spec }) => quantity(spec.resources?.[bound]?.[resource?.name ?? '']) ?? Number.NaN),
      );
    const [most, target, field] =
      averageUtilization === undefined
        ? [amounts('limits'), quantity(averageValue) ?? 0, 'averageValue']
        : [(100 * amounts('limits')) / amounts('requests'), averageUtilization, 'averageUtilization'];
    // Without a limit or a request there is nothing to compare.
    if (!Number.isFinite(most) || target < most) return [];
    return [
      {
        where: `${nameOf(autoscaler)} spec.metrics[${i}].resource.target.${field}`,
        value: averageUtilization ?? averageValue,
        wrong: `can never be exceeded: the limits of ${workload.name} are ${most}${averageUtilization === undefined ? '' : ' %'}`,
        remedy: 'Use a target below, or raise the limits',
      },
    ];
  });

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
