import { quantity, sum } from '../../../formats/quantity';
import { autoscalersOf, type Bound, scaleOf, share } from '../../analysis/capacity';
import type { ObjectOf } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { references } from '../../manifests/references';
import { selected } from '../../manifests/selected';
import { containers, nameOf, ofKind, type Workload, workloads } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';
import { type Field, fieldFindings } from '../fields';

export const availability = rule({
  id: 'availability',
  severity: 'warning',
  what: 'A server has no replicas, no replica count, a minimum above the maximum, a count beside an autoscaler, or an autoscaler that can never scale up.',
  why: 'A Deployment with no replicas is accepted, and its Service has no endpoints; a count beside an autoscaler resets it at every apply.',
  remedy: 'Run at least one replica, and leave the count out where an autoscaler sets it.',
  link: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  find: ({ manifests }) => {
    const byKeda = new Set(
      references(manifests).map(({ from, kind, name }) => from.kind === 'ScaledObject' && `${kind}/${name}`),
    );
    return workloads(manifests).map((workload) => {
      const { kind, metadata } = workload.manifest;
      const autoscalers = autoscalersOf(workload.manifest, manifests);
      const autoscaled = autoscalers.length > 0 || byKeda.has(`${kind}/${metadata.name}`);
      return [
        workload.serves && replicas(workload, autoscaled, manifests),
        autoscalers.map((autoscaler) => targets(autoscaler, workload)),
      ];
    });
  },
});

function replicas(workload: Workload, autoscaled: boolean, manifests: readonly Manifest[]): Findings {
  const { name, manifest } = workload;
  const where = `${name} spec.replicas`;
  const value = manifest.spec?.replicas;
  if (autoscaled && value !== undefined) {
    const wrong = 'is set although an autoscaler manages it: every apply would reset it';
    return { where, value, wrong, remedy: 'Leave replicas out' };
  }
  if (!autoscaled && value === undefined && manifest.kind !== 'DaemonSet') {
    const wrong = 'is missing and no autoscaler sets it, so a single pod runs';
    return { where, wrong, remedy: 'Set it, or add an autoscaler' };
  }
  const { min, max } = scaleOf(workload, manifests);
  if (min >= 1 && max >= min) return undefined;
  const wrong = min < 1 ? 'leaves no pod to answer requests' : 'has a minimum above the maximum';
  const remedy = 'Use at least 1; to switch a component off, leave it out of the environment';
  return autoscaled
    ? { where: `${name} autoscaler`, value: { minReplicas: min, maxReplicas: max }, wrong, remedy }
    : { where, value: min, wrong, remedy };
}

/** A pod cannot use more than its limits: with a target above them, no pod is ever added. */
const targets = (autoscaler: ObjectOf<'HorizontalPodAutoscaler'>, workload: Workload): Findings =>
  (autoscaler.spec?.metrics ?? []).map(({ resource }, i) => {
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
    if (!Number.isFinite(most) || target < most) return undefined;
    return {
      where: `${nameOf(autoscaler)} spec.metrics[${i}].resource.target.${field}`,
      value: averageUtilization ?? averageValue,
      wrong: `can never be exceeded: the limits of ${workload.name} are ${most}${averageUtilization === undefined ? '' : ' %'}`,
      remedy: 'Use a target below, or raise the limits',
    };
  });

export const rollout = rule({
  id: 'rollout',
  severity: 'warning',
  what: 'A rollout would not reach all pods, would stop them all first, or could not be undone.',
  why: 'The change looks applied and the old version keeps running, or users see errors at each release.',
  remedy: 'Use RollingUpdate without a partition, and keep some revisions.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy',
  find: ({ manifests, resilient }) => [
    ofKind(manifests, 'Deployment').map((one) =>
      fieldFindings(`${nameOf(one)} spec`, one.spec, resilient ? [...PAUSED, WITHOUT_PODS] : PAUSED),
    ),
    [...ofKind(manifests, 'StatefulSet'), ...ofKind(manifests, 'DaemonSet')].map((set) =>
      fieldFindings(`${nameOf(set)} spec.updateStrategy`, set.spec?.updateStrategy, BY_HAND),
    ),
  ],
});

const PAUSED: readonly Field[] = [
  ['paused', (value) => value === true && 'stops every rollout', 'Leave it out'],
  ['revisionHistoryLimit', (value) => value === 0 && 'leaves no revision to roll back to', 'Keep some'],
];
const WITHOUT_PODS: Field = [
  'strategy.type',
  (value) => value === 'Recreate' && 'stops all pods before the first new one starts',
  'Use RollingUpdate',
];
const BY_HAND: readonly Field[] = [
  [
    'type',
    (value) => value === 'OnDelete' && 'replaces a pod only when it is deleted by hand',
    'Use RollingUpdate',
  ],
  [
    'rollingUpdate.partition',
    (value) => Number(value) > 0 && 'keeps the first pods at the old version',
    'Leave it out',
  ],
];

type Budget = ObjectOf<'PodDisruptionBudget'>;

export const disruption = rule({
  id: 'disruption',
  severity: 'warning',
  what: 'A disruption budget allows no eviction, keeps crashing pods, or selects pods that have another budget.',
  why: 'Such a budget does not protect a pod: it blocks `kubectl drain`, and with it every update of the cluster, until the budget is deleted. A pod of two budgets cannot be evicted at all: the API server answers 500.',
  remedy:
    'Give each workload one budget at most, with maxUnavailable: 1 and unhealthyPodEvictionPolicy: AlwaysAllow.',
  link: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  find: ({ manifests }) => {
    const owners = new Map<Workload, Budget>();
    return ofKind(manifests, 'PodDisruptionBudget').map((budget) => [
      fieldFindings(`${nameOf(budget)} spec`, budget.spec, [KEEPS_BROKEN]),
      // Without a selector it selects no pod; `{}` selects all.
      budget.spec?.selector &&
        selected(manifests, budget, budget.spec.selector).map((workload) => [
          second(budget, workload, owners),
          blocking(budget, workload, manifests),
        ]),
    ]);
  },
});

/** Otherwise a crashing pod counts as unavailable, so that no pod may be evicted, not even that one. */
const KEEPS_BROKEN: Field = [
  'unhealthyPodEvictionPolicy',
  (policy) =>
    policy !== 'AlwaysAllow' &&
    `${policy === undefined ? 'is missing, so' : 'lets'} pods that crash block a drain`,
  'Use AlwaysAllow',
];

function second(budget: Budget, workload: Workload, owners: Map<Workload, Budget>): Findings {
  const owner = owners.get(workload);
  if (!owner) owners.set(workload, budget);
  return (
    owner && {
      where: `${nameOf(budget)} spec.selector`,
      value: budget.spec?.selector,
      wrong: `selects the pods of ${workload.name}, as ${nameOf(owner)} does: they can never be evicted`,
      remedy: 'Give each workload one budget',
    }
  );
}

function blocking(budget: Budget, workload: Workload, manifests: readonly Manifest[]): Findings {
  const { minAvailable, maxUnavailable } = budget.spec ?? {};
  const { min } = scaleOf(workload, manifests);
  const [field, value, allowed] =
    maxUnavailable !== undefined
      ? ['maxUnavailable', maxUnavailable, share(maxUnavailable, min)]
      : ['minAvailable', minAvailable, min - share(minAvailable ?? 0, min)];
  if (allowed > 0) return undefined;
  const wrong = `never allows the eviction of a pod of ${workload.name}, so its node cannot be drained`;
  return { where: `${nameOf(budget)} spec.${field}`, value, wrong, remedy: 'Use maxUnavailable: 1' };
}
