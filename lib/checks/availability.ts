import { selects } from '../kubernetes/label-selector';
import { scaleOf, share } from './capacity';
import type { Check, Finding, Manifest } from './check';
import { nameOf, ofKind, type Workload, workloads } from './workloads';

/**
 * Everything runs, and nodes can be emptied. A budget that allows no eviction does not protect a pod: it
 * blocks `kubectl drain`, and with it every update of the cluster, until somebody deletes the budget.
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export const availability: Check = ({ manifests }) => {
  const all = workloads(manifests);
  return [
    ...all.flatMap((workload) => replicas(workload, manifests)),
    ...ofKind(manifests, 'PodDisruptionBudget').flatMap((budget) =>
      all
        .filter(({ labels }) => selects(budget.spec?.selector ?? {}, labels))
        .flatMap((workload) => blocking(budget, workload, manifests)),
    ),
  ];
};

function replicas(workload: Workload, manifests: readonly Manifest[]): Finding[] {
  const { name, manifest } = workload;
  if (!workload.serves) return [];
  const given = manifest.spec?.replicas;
  const autoscaled = ofKind(manifests, 'HorizontalPodAutoscaler').some(
    ({ spec }) => `${spec?.scaleTargetRef?.kind}/${spec?.scaleTargetRef?.name}` === name,
  );
  if (autoscaled && given !== undefined) {
    const rule = 'is set although an autoscaler owns it: every apply would throw its decision away';
    return [{ where: `${name} spec.replicas`, value: given, rule, remedy: 'Leave replicas out' }];
  }
  const { min, max } = scaleOf(workload, manifests);
  if (min >= 1 && max >= min) return [];
  const rule = min < 1 ? 'leaves nobody to serve' : 'is a range that ends before it starts';
  return [
    {
      where: autoscaled ? `${name} autoscaler` : `${name} spec.replicas`,
      value: autoscaled ? { minReplicas: min, maxReplicas: max } : min,
      rule,
      remedy: 'Use at least 1; to switch a component off, leave it out of the environment',
    },
  ];
}

function blocking(budget: Manifest, workload: Workload, manifests: readonly Manifest[]): Finding[] {
  const { minAvailable, maxUnavailable } = budget.spec ?? {};
  const { min } = scaleOf(workload, manifests);
  const [field, value, allowed] =
    maxUnavailable !== undefined
      ? ['maxUnavailable', maxUnavailable, share(maxUnavailable, min)]
      : ['minAvailable', minAvailable, min - share(minAvailable ?? 0, min)];
  if (allowed > 0) return [];
  return [
    {
      where: `${nameOf(budget)} spec.${field}`,
      value,
      rule: `never lets a pod of ${workload.name} go, so no node it runs on can be drained`,
      remedy: 'Use maxUnavailable: 1',
    },
  ];
}
