import type { ObjectOf } from '../../manifests/kubernetes';
import { isEmpty, type LabelSelector, selects } from '../../manifests/label-selector';
import type { Manifest } from '../../manifests/manifest';
import { selected } from '../../manifests/selected';
import { nameOf, ofKind, type Workload, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

const COMPONENT = 'app.kubernetes.io/component';

export const selectors = rule({
  id: 'selectors',
  what: 'A selector selects no pod, the pods of another component, or those of several workloads.',
  why: 'There is no error: a Service without endpoints, a budget that protects no pod, two Deployments that control the same pods.',
  remedy: 'Select by labels that one component alone has.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/',
  find: ({ manifests }) => [
    ...workloads(manifests).flatMap((workload) => [
      ...ownPods(workload, manifests),
      ...placement(workload, manifests),
    ]),
    ...ofKind(manifests, 'Service').flatMap((service) => servicePods(service, manifests)),
    ...ofKind(manifests, 'PodDisruptionBudget').flatMap((budget) =>
      selectsPods(budget, budget.spec?.selector, `${nameOf(budget)} spec.selector`, manifests),
    ),
  ],
});

function ownPods(workload: Workload, manifests: readonly Manifest[]): Finding[] {
  const { name, selector, labels, manifest } = workload;
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
  const others = selected(manifests, manifest, selector).filter((other) => other !== workload);
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

function servicePods(service: ObjectOf<'Service'>, manifests: readonly Manifest[]): Finding[] {
  const matchLabels = service.spec?.selector ?? {};
  // A Service without a selector points outside the cluster.
  if (isEmpty({ matchLabels })) return [];
  const where = `${nameOf(service)} spec.selector`;
  const pods = selected(manifests, service, { matchLabels });
  const own = service.metadata.labels?.[COMPONENT];
  const [other] = pods.flatMap(({ labels }) => labels[COMPONENT] ?? []);
  if (own !== undefined && other !== undefined && own !== other) {
    const wrong = `selects the pods of ${other}, and the Service belongs to ${own}`;
    return [{ where, value: matchLabels, wrong, remedy: `Select the pods of ${own}` }];
  }
  if (pods.length === 0) return [{ where, value: matchLabels, ...NO_POD }];
  if (pods.length === 1) return [];
  return [
    {
      where,
      value: matchLabels,
      wrong: `mixes the pods of ${pods.map(({ name }) => name).join(' and ')}`,
      remedy: 'Select by the labels of one component',
    },
  ];
}

/** Spreading counts pods like the new one, so it must select the pod itself; affinity may look at others. */
function placement({ manifest, pod, podPath, labels }: Workload, manifests: readonly Manifest[]): Finding[] {
  const spread = (pod.topologySpreadConstraints ?? []).flatMap(({ labelSelector }, i) =>
    labelSelector && selects(labelSelector, labels)
      ? []
      : {
          where: `${podPath}.topologySpreadConstraints[${i}].labelSelector`,
          value: labelSelector,
          wrong: 'does not select the pod to be spread',
          remedy: `Use a part of the pod's labels: ${JSON.stringify(labels)}`,
        },
  );
  const affinity = (['podAffinity', 'podAntiAffinity'] as const).flatMap((kind) => {
    const { requiredDuringSchedulingIgnoredDuringExecution: required = [] } = pod.affinity?.[kind] ?? {};
    const { preferredDuringSchedulingIgnoredDuringExecution: preferred = [] } = pod.affinity?.[kind] ?? {};
    return [...required, ...preferred.map(({ podAffinityTerm }) => podAffinityTerm)].flatMap((term) =>
      // Which pods there are in other namespaces is not known.
      term?.namespaces || term?.namespaceSelector
        ? []
        : selectsPods(manifest, term?.labelSelector, `${podPath}.affinity.${kind}`, manifests),
    );
  });
  return [...spread, ...affinity];
}

const NO_POD = {
  wrong: 'selects no pod of this environment',
  remedy: 'Select by the labels of a component that exists here, or remove the object',
};

/** Budgets and affinity without a selector select no pod; with an empty one, all. */
const selectsPods = (
  object: Manifest,
  selector: LabelSelector | undefined,
  where: string,
  manifests: readonly Manifest[],
): Finding[] =>
  selector && selected(manifests, object, selector).length > 0 ? [] : [{ where, value: selector, ...NO_POD }];
