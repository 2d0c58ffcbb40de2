import { within } from '../../../formats/cidr';
import type { PolicyPeer, PolicyPort, PolicyRule } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { nameOf, ofKind } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

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
  what: 'A network policy lets pods reach the metadata address of the cloud, or a kubelet.',
  why: 'Both belong to the node: one serves its credentials, the other runs commands in all of its pods. Blocks such as 0.0.0.0/0 include them by accident. `policies` finds pods without any policy.',
  remedy:
    'Allow pods and ports by name; leave 169.254.0.0/16 and the private ranges out of blocks with `except`.',
  link: 'https://kubernetes.io/docs/concepts/security/security-checklist/#network-security',
  find: ({ manifests }) =>
    ofKind(manifests, 'NetworkPolicy').flatMap((policy) =>
      (policy.spec?.egress ?? []).flatMap((allowed, i) => reached(policy, allowed, i)),
    ),
});

function reached(policy: Manifest, allowed: PolicyRule, i: number): Finding[] {
  const to = allowed.to ?? [];
  const blocks = to.flatMap(({ ipBlock }) => ipBlock ?? []);
  const reaches = (ranges: readonly string[]) =>
    to.length === 0 || ranges.some((range) => blocks.some((block) => overlaps(block, range)));
  const finding = (wrong: string, remedy: string): Finding => ({
    where: `${nameOf(policy)} spec.egress[${i}]`,
    value: to.length === 0 ? 'all destinations' : to,
    wrong,
    remedy,
  });
  return [
    ...(opens(allowed, METADATA_PORTS) && reaches(METADATA)
      ? [
          finding(
            'reaches 169.254.169.254, where clouds serve the credentials of the node',
            'Name the peers, or add 169.254.169.254/32 and fd00:ec2::254/128 to except',
          ),
        ]
      : []),
    ...((opens(allowed, KUBELET) && reaches(NODES)) || (namesKubelet(allowed) && to.some(wholeNamespaces))
      ? [
          finding(
            'reaches the kubelet of a node, which runs commands in its pods',
            `Name the ports, without ${KUBELET.join(' and ')}; or the peers, without private addresses`,
          ),
        ]
      : []),
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
