import type { ObjectOf } from '../../manifests/kubernetes';
import { isEmpty, type LabelSelector, selects } from '../../manifests/label-selector';
import type { Manifest } from '../../manifests/manifest';
import { selected } from '../../manifests/selected';
import { identity, nameOf, ofKind, type Workload, workloads } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';
import { noPod } from '../fields';

const COMPONENT = 'app.kubernetes.io/component';

export const selectors = rule({
  id: 'selectors',
  what: 'A selector selects no pod, the pods of another component, or those of several workloads.',
  why: 'There is no error: a Service without endpoints, a budget that protects no pod, two Deployments that control the same pods.',
  remedy: 'Select by labels that one component alone has.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/',
  find: ({ manifests }) => [
    workloads(manifests).map((workload) => [ownPods(workload, manifests), placement(workload, manifests)]),
    ofKind(manifests, 'Service').map((service) => servicePods(service, manifests)),
    ofKind(manifests, 'PodDisruptionBudget').map((budget) =>
      selectsPods(budget, budget.spec?.selector, `${nameOf(budget)} spec.selector`, manifests),
    ),
  ],
});

function ownPods(workload: Workload, manifests: readonly Manifest[]): Findings {
  const { name, selector, labels, manifest } = workload;
  if (!selector) return undefined;
  const where = `${name} spec.selector`;
  return [
    !selects(selector, labels) && {
      where,
      value: selector,
      wrong: 'does not select the pods of its own template',
      remedy: `Use a part of the template's labels: ${JSON.stringify(labels)}`,
    },
    selected(manifests, manifest, selector)
      // The same object twice is one: `duplicates` finds it.
      .filter((other) => identity(other.manifest) !== identity(manifest))
      .map((other) => ({
        where,
        value: selector,
        wrong: `selects the pods of ${other.name} as well`,
        remedy: 'Give each workload a label of its own and select by it',
      })),
  ];
}

function servicePods(service: ObjectOf<'Service'>, manifests: readonly Manifest[]): Findings {
  const matchLabels = service.spec?.selector ?? {};
  // A Service without a selector points outside the cluster.
  if (isEmpty({ matchLabels })) return undefined;
  const where = `${nameOf(service)} spec.selector`;
  const pods = selected(manifests, service, { matchLabels });
  const own = service.metadata.labels?.[COMPONENT];
  const [other] = pods.flatMap(({ labels }) => labels[COMPONENT] ?? []);
  if (own !== undefined && other !== undefined && own !== other) {
    const wrong = `selects the pods of ${other}, and the Service belongs to ${own}`;
    return { where, value: matchLabels, wrong, remedy: `Select the pods of ${own}` };
  }
  if (pods.length === 0) return noPod(where, matchLabels, 'object', service, manifests);
  const names = new Set(pods.map(({ manifest }) => identity(manifest)));
  const wrong = `mixes the pods of ${pods.map(({ name }) => name).join(' and ')}`;
  return (
    names.size > 1 && { where, value: matchLabels, wrong, remedy: 'Select by the labels of one component' }
  );
}

/** Spreading counts pods like the new one, so it must select the pod itself; affinity may look at others. */
function placement({ manifest, pod, podPath, labels }: Workload, manifests: readonly Manifest[]): Findings {
  const spread = (pod.topologySpreadConstraints ?? []).map(
    ({ labelSelector }, i) =>
      !(labelSelector && selects(labelSelector, labels)) && {
        where: `${podPath}.topologySpreadConstraints[${i}].labelSelector`,
        value: labelSelector,
        wrong: 'does not select the pod to be spread',
        remedy: `Use a part of the pod's labels: ${JSON.stringify(labels)}`,
      },
  );
  const affinity = (['podAffinity', 'podAntiAffinity'] as const).map((kind) => {
    const { requiredDuringSchedulingIgnoredDuringExecution: required = [] } = pod.affinity?.[kind] ?? {};
    const { preferredDuringSchedulingIgnoredDuringExecution: preferred = [] } = pod.affinity?.[kind] ?? {};
    return (
      [...required, ...preferred.map(({ podAffinityTerm }) => podAffinityTerm)]
        // Which pods there are in other namespaces is not known.
        .filter((term) => !term?.namespaces && !term?.namespaceSelector)
        .map((term) => selectsPods(manifest, term?.labelSelector, `${podPath}.affinity.${kind}`, manifests))
    );
  });
  return [spread, affinity];
}

/** Budgets and affinity without a selector select no pod; with an empty one, all. */
const selectsPods = (
  object: Manifest,
  selector: LabelSelector | undefined,
  where: string,
  manifests: readonly Manifest[],
): Findings =>
  !(selector && selected(manifests, object, selector).length > 0) &&
  noPod(where, selector, 'object', object, manifests);
