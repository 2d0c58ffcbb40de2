import { quantity, sum } from '../../../formats/quantity';
import { type Bound, scaleOf } from '../../analysis/capacity';
import type { ObjectOf } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { containers, nameOf, ofKind, type Workload, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

export const availability = rule({
  id: 'availability',
  what: 'A server has no replica or does not say how many, a range of replicas that makes no sense, two who decide about it, or an autoscaler that never will.',
  why: 'A Deployment without replicas is accepted, and its Service answers nobody; a number beside an autoscaler takes its decision back at every apply.',
  remedy: 'Run at least one replica, and leave the number out where an autoscaler decides.',
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
    const wrong = 'is set although an autoscaler owns it: every apply would throw its decision away';
    return [{ where: `${name} spec.replicas`, value: given, wrong, remedy: 'Leave replicas out' }];
  }
  if (!autoscaled && given === undefined && manifest.kind !== 'DaemonSet') {
    const wrong = 'is missing and no autoscaler decides, so a single pod runs';
    return [{ where: `${name} spec.replicas`, wrong, remedy: 'State it, or emit the autoscaler' }];
  }
  const { min, max } = scaleOf(workload, manifests);
  if (min >= 1 && max >= min) return [];
  const wrong = min < 1 ? 'leaves nobody to serve' : 'is a range that ends before it starts';
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

/** A pod cannot use more than its limits, so that a target above them is never passed, and no pod is ever added. */
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
        wrong: `is never passed: the limits of ${workload.name} end at ${most}${averageUtilization === undefined ? '' : ' %'}`,
        remedy: 'Use a target below, or raise the limits',
      },
    ];
  });
