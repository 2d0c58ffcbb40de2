import type { PolicyPeer, PolicyRule } from '../../manifests/kubernetes';
import type { LabelSelector, Labels } from '../../manifests/label-selector';
import type { Manifest } from '../../manifests/manifest';
import { ofKind } from '../../manifests/workloads';
import type { Named } from '../../reachability/matrix';
import { isPod, type PodPeer } from '../../reachability/peer';

/**
 * An example of every outside peer that a policy names: what is opened for a new one, or closed for an old one, shows
 * although no list has it.
 */
export function mentionedPeers(manifests: readonly Manifest[], known: readonly Named[]): Named[] {
  const taken = new Set(known.filter(isPod).map(identity));
  const peers = ofKind(manifests, 'NetworkPolicy')
    .flatMap(({ spec }) => [...(spec?.ingress ?? []), ...(spec?.egress ?? [])])
    .flatMap((rule: PolicyRule) => [...(rule.from ?? []), ...(rule.to ?? [])])
    .flatMap(example)
    .filter((peer) => !isPod(peer) || !taken.has(identity(peer)));
  return [...new Map(peers.map((peer) => [peer.name, peer])).values()];
}

const identity = ({ namespace, labels }: PodPeer): string => `${namespace} ${text(labels)}`;

const text = (labels: Labels): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(', ');

/** A pod in another namespace, or an address; our own pods are known. */
function example({ ipBlock, namespaceSelector, podSelector = {} }: PolicyPeer): Named[] {
  if (ipBlock) return [{ name: String(ipBlock.cidr), address: String(ipBlock.cidr).replace(/\/.*/, '') }];
  if (!namespaceSelector) return [];
  const { [NAME]: namespace = 'some namespace', ...namespaceLabels } = labelsFor(namespaceSelector);
  const labels = labelsFor(podSelector);
  const where =
    Object.keys(namespaceLabels).length > 0 ? `a namespace with ${text(namespaceLabels)}` : namespace;
  return [
    { name: `pods with ${text(labels) || 'any label'} in ${where}`, namespace, namespaceLabels, labels },
  ];
}

const NAME = 'kubernetes.io/metadata.name';

/** Labels that a selector selects. */
const labelsFor = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): Record<string, string> => ({
  ...matchLabels,
  ...Object.fromEntries(
    matchExpressions
      .filter(({ operator }) => operator === 'In' || operator === 'Exists')
      .map(({ key = '', values: [value = 'anything'] = [] }) => [key, value]),
  ),
});
