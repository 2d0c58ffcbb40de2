import { scaleOf, share } from '../../analysis/capacity';
import type { ObjectOf } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { selected } from '../../manifests/selected';
import { nameOf, ofKind, type Workload } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';
import { type Field, fieldFindings } from '../fields';

type Budget = ObjectOf<'PodDisruptionBudget'>;

export const disruption = rule({
  id: 'disruption',
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
