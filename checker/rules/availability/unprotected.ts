import { selected } from '../../manifests/selected';
import { ofKind, workloads } from '../../manifests/workloads';
import { rule } from '../../rule';

export const unprotected = rule({
  id: 'unprotected',
  what: 'A server that people rely on has no disruption budget.',
  why: 'While a cluster is updated its nodes are emptied one after the other, and without a budget all pods of a server may be told to go at once.',
  remedy: 'Emit a PodDisruptionBudget for it, with maxUnavailable: 1.',
  link: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  needs: ['resilient'],
  find: ({ manifests, resilient }) => {
    if (!resilient) return [];
    const covered = new Set(
      ofKind(manifests, 'PodDisruptionBudget').flatMap((budget) =>
        budget.spec?.selector ? selected(manifests, budget, budget.spec.selector) : [],
      ),
    );
    return workloads(manifests)
      .filter((workload) => workload.serves && !covered.has(workload))
      .map(({ name }) => ({
        where: name,
        wrong: 'has no disruption budget',
        remedy: 'Emit a PodDisruptionBudget that selects its pods, with maxUnavailable: 1',
      }));
  },
});
