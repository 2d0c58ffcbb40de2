import { within } from '../../../formats/cidr';
import {
  isA,
  type ObjectOf,
  type PolicyPeer,
  type PolicyPort,
  type PolicyRule,
} from '../../manifests/kubernetes';
import { isEmpty } from '../../manifests/label-selector';
import type { Manifest } from '../../manifests/manifest';
import { namespaceOf } from '../../manifests/namespaces';
import { selected } from '../../manifests/selected';
import { nameOf, ofKind, workloads } from '../../manifests/workloads';
import { policyOf } from '../../reachability/policy';
import { type Findings, rule } from '../../rule';
import { noPod } from '../fields';

export const policies = rule({
  id: 'policies',
  severity: 'warning',
  what: 'Traffic is not denied by default, a pod has no network policy of its own, or a policy selects no pod.',
  why: 'A pod that no policy selects is open to all; a policy that selects no pod usually has a misspelt label.',
  remedy: 'Emit one policy that denies both directions, and one for each component.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies',
  acrossNamespaces: true,
  find: ({ manifests, own: ours }) => {
    const all = ofKind(manifests, 'NetworkPolicy');
    // Policies of network plug-ins deny as well, in ways of their own.
    const others = new Set(ours ? [] : manifests.filter(isOther).map(({ metadata }) => metadata.namespace));
    const mayDeny = (namespace: string) => others.has(undefined) || others.has(namespace);
    const pods = workloads(manifests);
    const denied = new Set(all.flatMap(denials));
    const own = all
      .filter(({ spec }) => !isEmpty(spec?.podSelector ?? {}))
      .map((policy) => ({ policy, pods: selected(manifests, policy, policy.spec?.podSelector ?? {}) }));
    const covered = new Set(own.flatMap(({ pods }) => pods));
    return [
      [...new Set(pods.map(({ manifest }) => namespaceOf(manifest)))].map((namespace) =>
        ['Ingress', 'Egress']
          .filter((type) => !denied.has(`${namespace} ${type}`) && !mayDeny(namespace))
          .map((type) => ({
            where: 'NetworkPolicy/default-deny spec.policyTypes',
            value: namespace,
            wrong: `does not deny ${type}: a pod without a policy of its own is open in that direction`,
            remedy: 'Emit a policy with an empty podSelector, both policyTypes and no rules',
          })),
      ),
      own
        .filter(({ pods }) => pods.length === 0)
        .map(({ policy }) =>
          noPod(`${nameOf(policy)} spec.podSelector`, policy.spec?.podSelector, 'policy', policy, manifests),
        ),
      pods
        .filter((pod) => !covered.has(pod) && !mayDeny(namespaceOf(pod.manifest)))
        .map(({ name, labels }) => ({
          where: `${name} pod labels`,
          value: labels,
          wrong: 'is selected by no policy of its own',
          remedy: 'Emit a policy that selects its pods, with what they may reach and who may reach them',
        })),
    ];
  },
});

const isOther = (manifest: Manifest): boolean =>
  manifest.kind.endsWith('NetworkPolicy') && !isA(manifest, 'NetworkPolicy');

/** The directions in which a policy denies all traffic, for every pod of its namespace. */
function denials(policy: ObjectOf<'NetworkPolicy'>): string[] {
  if (!isEmpty(policy.spec?.podSelector ?? {})) return [];
  const { ingress, egress } = policyOf(policy);
  return [
    ...(ingress?.length === 0 ? [`${namespaceOf(policy)} Ingress`] : []),
    ...(egress?.length === 0 ? [`${namespaceOf(policy)} Egress`] : []),
  ];
}

/** In most clouds, serves the credentials of the node to every pod. */
const METADATA = ['169.254.169.254/32', 'fd00:ec2::254/128'];

/** The port of the metadata server in every large cloud: port 53 to all destinations exposes no credentials. */
const METADATA_PORTS = [80];

/** Where clusters have their nodes. Blocks of public addresses alone reach none. */
const NODES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];

/** The kubelet's ports: the API of a node, and its read-only half where it is still on. */
const KUBELET = [10250, 10255];

export const egress = rule({
  id: 'egress',
  severity: 'warning',
  what: 'A network policy lets pods reach the metadata address of the cloud, or a kubelet.',
  why: 'Both belong to the node: one serves its credentials, the other runs commands in all of its pods. Blocks such as 0.0.0.0/0 include them by accident. `policies` finds pods without any policy.',
  remedy:
    'Allow pods and ports by name; leave 169.254.0.0/16 and the private ranges out of blocks with `except`.',
  link: 'https://kubernetes.io/docs/concepts/security/security-checklist/#network-security',
  find: ({ manifests }) =>
    ofKind(manifests, 'NetworkPolicy').map((policy) =>
      (policy.spec?.egress ?? []).map((allowed, i) => reached(policy, allowed, i)),
    ),
});

function reached(policy: Manifest, allowed: PolicyRule, i: number): Findings {
  const to = allowed.to ?? [];
  const blocks = to.flatMap(({ ipBlock }) => ipBlock ?? []);
  const reaches = (ranges: readonly string[]) =>
    to.length === 0 || ranges.some((range) => blocks.some((block) => overlaps(block, range)));
  const found = {
    where: `${nameOf(policy)} spec.egress[${i}]`,
    value: to.length === 0 ? 'all destinations' : to,
  };
  return [
    opens(allowed, METADATA_PORTS) &&
      reaches(METADATA) && {
        ...found,
        wrong: 'reaches 169.254.169.254, where clouds serve the credentials of the node',
        remedy: 'Name the peers, or add 169.254.169.254/32 and fd00:ec2::254/128 to except',
      },
    ((opens(allowed, KUBELET) && reaches(NODES)) || (namesKubelet(allowed) && to.some(wholeNamespaces))) && {
      ...found,
      wrong: 'reaches the kubelet of a node, which runs commands in its pods',
      remedy: `Name the ports, without ${KUBELET.join(' and ')}; or the peers, without private addresses`,
    },
  ];
}

/** Of two ranges that share an address, one contains the other. */
function overlaps({ cidr = '', except = [] }: NonNullable<PolicyPeer['ipBlock']>, range: string): boolean {
  const common = within(range, cidr) ? range : cidr;
  return within(common, range) && !except.some((hole) => within(common, hole));
}

const opens = ({ ports = [] }: PolicyRule, wanted: readonly number[]): boolean =>
  ports.length === 0 ||
  ports.some(
    ({ port, endPort, protocol = 'TCP' }: PolicyPort) =>
      protocol === 'TCP' &&
      (port === undefined || wanted.some((one) => Number(port) <= one && one <= Number(endPort ?? port))),
  );

const namesKubelet = ({ ports = [] }: PolicyRule): boolean =>
  ports.some(({ port }) => KUBELET.includes(Number(port)));

/** Pods on the host network have the address of their node: with them, the node is reached as well. */
const wholeNamespaces = ({ namespaceSelector, podSelector }: PolicyPeer): boolean =>
  namespaceSelector !== undefined && podSelector === undefined;
