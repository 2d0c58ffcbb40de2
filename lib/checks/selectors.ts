import { type LabelSelector, selects } from '../kubernetes/label-selector';
import type { Finding } from './check';
import { rule } from './rule';
import { type Json, nameOf, ofKind, type Workload, workloads } from './workloads';

export const selectors = rule({
  id: 'selectors',
  what: 'A selector selects nobody, somebody else, or several workloads.',
  why: 'It is silent: a Service without endpoints, a budget that protects nobody, two Deployments that fight over the same pods.',
  remedy: 'Select by labels that one component alone has.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/',
  find: ({ manifests }) => {
    const all = workloads(manifests);
    return [
      ...all.flatMap((workload) => [...ownPods(workload, all), ...placement(workload, all)]),
      ...ofKind(manifests, 'Service').flatMap((service) => {
        const matchLabels = service.spec?.selector;
        // A Service without a selector points outside the cluster.
        return matchLabels ? servicePods({ matchLabels }, `${nameOf(service)} spec.selector`, all) : [];
      }),
      ...ofKind(manifests, 'PodDisruptionBudget').flatMap((budget) =>
        selectsSomebody(budget.spec?.selector ?? {}, `${nameOf(budget)} spec.selector`, all),
      ),
    ];
  },
});

function ownPods({ name, selector, labels }: Workload, all: readonly Workload[]): Finding[] {
  if (!selector) return [];
  const where = `${name} spec.selector`;
  const own: Finding[] = selects(selector, labels)
    ? []
    : [
        {
          where,
          value: selector,
          wrong: 'does not select the pods of its own template',
          remedy: `Use a part of the template's labels: ${JSON.stringify(labels)}`,
        },
      ];
  const others = all.filter((other) => other.name !== name && selects(selector, other.labels));
  return [
    ...own,
    ...others.map((other) => ({
      where,
      value: selector,
      wrong: `selects the pods of ${other.name} as well`,
      remedy: 'Give each workload a label of its own and select by it',
    })),
  ];
}

function servicePods(selector: LabelSelector, where: string, all: readonly Workload[]): Finding[] {
  const selected = all.filter(({ labels }) => selects(selector, labels));
  if (selected.length <= 1) return selectsSomebody(selector, where, all);
  return [
    {
      where,
      value: selector.matchLabels,
      wrong: `mixes the pods of ${selected.map(({ name }) => name).join(' and ')}`,
      remedy: 'Select by the labels of one component',
    },
  ];
}

/** Spreading counts pods like the new one, so it must select the pod itself; affinity may look at others. */
function placement({ pod, podPath, labels }: Workload, all: readonly Workload[]): Finding[] {
  const spread = (pod.topologySpreadConstraints ?? []).flatMap(({ labelSelector }: Json, i: number) =>
    labelSelector && selects(labelSelector, labels)
      ? []
      : {
          where: `${podPath}.topologySpreadConstraints[${i}].labelSelector`,
          value: labelSelector,
          wrong: 'does not select the pod that it is to spread',
          remedy: `Use a part of the pod's labels: ${JSON.stringify(labels)}`,
        },
  );
  const affinity = (['podAffinity', 'podAntiAffinity'] as const).flatMap((kind) => {
    const { requiredDuringSchedulingIgnoredDuringExecution: required = [] } = pod.affinity?.[kind] ?? {};
    const { preferredDuringSchedulingIgnoredDuringExecution: preferred = [] } = pod.affinity?.[kind] ?? {};
    return [...required, ...preferred.map(({ podAffinityTerm }: Json) => podAffinityTerm)].flatMap(
      (term: Json) => selectsSomebody(term?.labelSelector ?? {}, `${podPath}.affinity.${kind}`, all),
    );
  });
  return [...spread, ...affinity];
}

const selectsSomebody = (selector: LabelSelector, where: string, all: readonly Workload[]): Finding[] =>
  all.some(({ labels }) => selects(selector, labels))
    ? []
    : [
        {
          where,
          value: selector,
          wrong: 'selects no pod of this environment',
          remedy: 'Select by the labels of a component that exists here, or remove the object',
        },
      ];
