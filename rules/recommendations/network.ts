import type { Recommendation } from './recommendation';

/** Configuration, network policies, namespaces and what they let in. */
export const network: readonly Recommendation[] = [
  { id: 'CM-001', wants: 'No ConfigMap holds a secret.', answer: { checks: ['secrets'] } },
  { id: 'NP-001', wants: 'A namespace has network policies.', answer: { checks: ['policies'] } },
  {
    id: 'NP-002',
    wants: 'Both directions are denied by default, not one of them.',
    answer: { checks: ['policies'] },
    noScanner: true,
  },
  {
    id: 'NP-003',
    wants: "No policy lets pods out to 169.254.169.254, the cloud's metadata.",
    answer: { checks: ['egress'] },
    noScanner: true,
  },
  {
    id: 'NP-004',
    wants: 'No policy lets pods out to the kubelet, port 10250 of a node.',
    answer: { checks: ['egress'] },
    noScanner: true,
  },
  { id: 'NP-005', wants: 'A policy selects pods that exist.', answer: { checks: ['policies'] } },
  { id: 'NS-001', wants: 'Nothing is in the namespace `default`.', answer: { checks: ['namespace'] } },
  {
    id: 'NS-002',
    wants: "Nothing is in the cluster's own namespaces, such as `kube-system`.",
    answer: { checks: ['namespace'] },
  },
  {
    id: 'PSA-001',
    wants: 'A namespace has a level of Pod Security.',
    answer: { checks: ['namespace'] },
    noScanner: true,
  },
  {
    id: 'PSA-002',
    wants: 'That level is not `privileged`.',
    answer: { checks: ['namespace'] },
    noScanner: true,
  },
  {
    id: 'PSA-003',
    wants: 'The level is enforced, not only warned about.',
    answer: { checks: ['namespace'] },
    noScanner: true,
  },
];
