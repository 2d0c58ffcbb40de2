import { scaleOf, share } from '../../analysis/capacity';
import type { ObjectOf } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { selected } from '../../manifests/selected';
import { nameOf, ofKind, type Workload } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';
import { fieldFindings } from '../fields';

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
    return ofKind(manifests, 'PodDisruptionBudget').flatMap((budget) => [
      ...keepsBroken(budget),
      // Without a selector it selects no pod; `{}` selects all.
      ...(budget.spec?.selector ? selected(manifests, budget, budget.spec.selector) : []).flatMap(
        (workload) => [...second(budget, workload, owners), ...blocking(budget, workload, manifests)],
      ),
    ]);
  },
});

/** Otherwise a crashing pod counts as unavailable, so that no pod may be evicted, not even that one. */
function keepsBroken(budget: Budget): Finding[] {
  const { unhealthyPodEvictionPolicy: policy } = budget.spec ?? {};
  const is = policy === undefined ? 'is missing, so' : 'lets';
  return fieldFindings(`${nameOf(budget)} spec`, [
    [
      'unhealthyPodEvictionPolicy',
      policy,
      policy !== 'AlwaysAllow' && `${is} pods that crash block a drain`,
      'Use AlwaysAllow',
    ],
  ]);
}

function second(budget: Budget, workload: Workload, owners: Map<Workload, Budget>): Finding[] {
  const owner = owners.get(workload);
  if (!owner) owners.set(workload, budget);
  if (!owner) return [];
  return [
    {
      where: `${nameOf(budget)} spec.selector`,
      value: budget.spec?.selector,
      wrong: `selects the pods of ${workload.name}, as ${nameOf(owner)} does: they can never be evicted`,
      remedy: 'Give each workload one budget',
    },
  ];
}

function blocking(budget: Budget, workload: Workload, manifests: readonly Manifest[]): Finding[] {
  const { minAvailable, maxUnavailable } = budget.spec ?? {};
  const { min } = scaleOf(workload, manifests);
  const [field, value, allowed] =
    maxUnavailable !== undefined
      ? ['maxUnavailable', maxUnavailable, share(maxUnavailable, min)]
      : ['minAvailable', minAvailable, min - share(minAvailable ?? 0, min)];
  const blocks = `never allows the eviction of a pod of ${workload.name}, so its node cannot be drained`;
  return fieldFindings(`${nameOf(budget)} spec`, [
    [field, value, allowed <= 0 && blocks, 'Use maxUnavailable: 1'],
  ]);
}
