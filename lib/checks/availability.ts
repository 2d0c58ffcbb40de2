import { selects } from '../kubernetes/label-selector';
import { scaleOf, share } from './capacity';
import type { Finding, Manifest } from './check';
import { rule } from './rule';
import { nameOf, ofKind, type Workload, workloads } from './workloads';

export const availability = rule({
  id: 'availability',
  what: 'A server has no replica, or a disruption budget lets no pod go.',
  why: 'A budget that allows no eviction does not protect a pod: it blocks `kubectl drain`, and with it every update of the cluster, until somebody deletes the budget.',
  remedy: 'Run at least one replica, and use maxUnavailable: 1.',
  link: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  find: ({ manifests }) => {
    const all = workloads(manifests);
    return [
      ...all.flatMap((workload) => replicas(workload, manifests)),
      ...ofKind(manifests, 'PodDisruptionBudget').flatMap((budget) =>
        all
          .filter(({ labels }) => selects(budget.spec?.selector ?? {}, labels))
          .flatMap((workload) => blocking(budget, workload, manifests)),
      ),
    ];
  },
});

function replicas(workload: Workload, manifests: readonly Manifest[]): Finding[] {
  const { name, manifest } = workload;
  if (!workload.serves) return [];
  const given = manifest.spec?.replicas;
  const autoscaled = ofKind(manifests, 'HorizontalPodAutoscaler').some(
    ({ spec }) => `${spec?.scaleTargetRef?.kind}/${spec?.scaleTargetRef?.name}` === name,
  );
  if (autoscaled && given !== undefined) {
    const wrong = 'is set although an autoscaler owns it: every apply would throw its decision away';
    return [{ where: `${name} spec.replicas`, value: given, wrong, remedy: 'Leave replicas out' }];
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
      wrong: `never lets a pod of ${workload.name} go, so no node it runs on can be drained`,
      remedy: 'Use maxUnavailable: 1',
    },
  ];
}
