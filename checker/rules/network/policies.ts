import type { ObjectOf } from '../../manifests/kubernetes';
import { isEmpty } from '../../manifests/label-selector';
import { namespaceOf, selected } from '../../manifests/selected';
import { nameOf, ofKind, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { policyOf } from '../../reachability/policy';
import { rule } from '../../rule';

export const policies = rule({
  id: 'policies',
  what: 'Traffic is not denied by default, a pod has no network policy of its own, or a policy selects no pod.',
  why: 'A pod that no policy selects is open to all; a policy that selects no pod usually has a misspelt label.',
  remedy: 'Emit one policy that denies both directions, and one for each component.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies',
  find: ({ manifests }) => {
    const all = ofKind(manifests, 'NetworkPolicy');
    const pods = workloads(manifests);
    const denied = new Set(all.flatMap(denials));
    const own = all
      .filter(({ spec }) => !isEmpty(spec?.podSelector ?? {}))
      .map((policy) => ({ policy, pods: selected(manifests, policy, policy.spec?.podSelector ?? {}) }));
    const covered = new Set(own.flatMap(({ pods }) => pods));
    return [
      ...[...new Set(pods.map(({ manifest }) => namespaceOf(manifest)))].flatMap((namespace) =>
        (['Ingress', 'Egress'] as const)
          .filter((type) => !denied.has(`${namespace} ${type}`))
          .map((type) => notDenied(namespace, type)),
      ),
      ...own
        .filter(({ pods }) => pods.length === 0)
        .map(({ policy }) => ({
          where: `${nameOf(policy)} spec.podSelector`,
          value: policy.spec?.podSelector,
          wrong: 'selects no pod of this environment',
          remedy: 'Select by the labels of a component that exists here, or remove the policy',
        })),
      ...pods
        .filter((pod) => !covered.has(pod))
        .map(({ name, labels }) => ({
          where: `${name} pod labels`,
          value: labels,
          wrong: 'is selected by no policy of its own',
          remedy: 'Emit a policy that selects its pods, with what they may reach and who may reach them',
        })),
    ];
  },
});

/** The directions in which a policy denies all traffic, for every pod of its namespace. */
function denials(policy: ObjectOf<'NetworkPolicy'>): string[] {
  if (!isEmpty(policy.spec?.podSelector ?? {})) return [];
  const { ingress, egress } = policyOf(policy);
  return [
    ...(ingress?.length === 0 ? [`${namespaceOf(policy)} Ingress`] : []),
    ...(egress?.length === 0 ? [`${namespaceOf(policy)} Egress`] : []),
  ];
}

const notDenied = (namespace: string, type: string): Finding => ({
  where: 'NetworkPolicy/default-deny spec.policyTypes',
  value: namespace,
  wrong: `does not deny ${type}: a pod without a policy of its own is open in that direction`,
  remedy: 'Emit a policy with an empty podSelector, both policyTypes and no rules',
});
