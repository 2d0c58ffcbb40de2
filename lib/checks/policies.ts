import { isEmpty, selects } from '../kubernetes/label-selector';
import { isCidr } from '../network/cidr';
import type { Finding, Manifest } from './check';
import { rule } from './rule';
import { type Json, nameOf, ofKind, workloads } from './workloads';

export const policies = rule({
  id: 'policies',
  what: 'Not everything is denied by default, a pod has no network policy of its own, or a policy selects nobody.',
  why: 'What no policy selects is open to everybody; a policy that selects nobody is usually a misspelt label.',
  remedy: 'Emit one policy that denies both directions, and one for each component.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies',
  find: ({ manifests }) => {
    const all = ofKind(manifests, 'NetworkPolicy');
    const pods = workloads(manifests);
    const own = all.filter(({ spec }) => !isEmpty(spec?.podSelector ?? {}));
    return [
      ...(['Ingress', 'Egress'] as const).filter((type) => !all.some((p) => denies(p, type))).map(notDenied),
      ...own
        .filter(({ spec }) => !pods.some(({ labels }) => selects(spec.podSelector, labels)))
        .map((policy) => ({
          where: `${nameOf(policy)} spec.podSelector`,
          value: policy.spec.podSelector,
          wrong: 'selects no pod of this environment',
          remedy: 'Select by the labels of a component that exists here, or remove the policy',
        })),
      ...pods
        .filter(({ labels }) => !own.some(({ spec }) => selects(spec.podSelector, labels)))
        .map(({ name, labels }) => ({
          where: `${name} pod labels`,
          value: labels,
          wrong: 'is selected by no policy of its own',
          remedy: 'Add its lines to lib/network/flows.ts; its policy follows from them',
        })),
      ...all.flatMap(blocks),
    ];
  },
});

/** Selects every pod, speaks about the direction and allows nothing in it. */
const denies = ({ spec }: Manifest, type: 'Ingress' | 'Egress'): boolean =>
  isEmpty(spec?.podSelector ?? {}) &&
  (spec?.policyTypes ?? []).includes(type) &&
  (spec[type.toLowerCase()] ?? []).length === 0;

const notDenied = (type: string): Finding => ({
  where: 'NetworkPolicy/default-deny spec.policyTypes',
  wrong: `does not deny ${type}: a pod without a policy of its own is open in that direction`,
  remedy: 'Emit a policy with an empty podSelector, both policyTypes and no rules',
});

/** A block that is no range of addresses is refused by the API server, and with it the whole policy. */
const blocks = (policy: Manifest): Finding[] =>
  [...(policy.spec?.ingress ?? []), ...(policy.spec?.egress ?? [])]
    .flatMap(({ from = [], to = [] }: Json) => [...from, ...to])
    .flatMap(({ ipBlock }: Json) => (ipBlock ? [ipBlock.cidr, ...(ipBlock.except ?? [])] : []))
    .filter((cidr) => !isCidr(cidr))
    .map((cidr) => ({
      where: `${nameOf(policy)} spec ipBlock`,
      value: cidr,
      wrong: 'is not a range of addresses',
      remedy: 'Write e.g. 192.168.0.0/16',
    }));
