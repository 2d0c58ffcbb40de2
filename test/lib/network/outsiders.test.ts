import type { PolicyPeer } from '../../../checker/manifests/kubernetes';
import { ourPods } from '../../../checker/reachability/matrix';
import { component, found, NAMES, real } from '../../checker/reachability/real';
import { sample } from '../../counts';

// Every peer that could get a connection that is not in the table is tried: what opens it is found, for every component.

const namespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const address = (cidr: string) => ({ ipBlock: { cidr } });

/** What the rules say, in short. */
const open = (where: string, connection: string) =>
  `NetworkPolicy/${where}: ${connection} is open, but not in the flow table`;

/** Peers that must not get through, and the smallest one that does. */
const OUTSIDERS: readonly (readonly [name: string, peer: PolicyPeer])[] = [
  ['internet', address('203.0.113.7/32')],
  ['internet', address('2001:db8::7/128')],
  ['metadata-address', address('169.254.169.254/32')],
  ['metadata-address', address('fd00:ec2::254/128')],
  ['kubelet', address('192.168.0.10/32')],
  ['another pod in kube-system', namespace('kube-system')],
  ['another pod in traefik', namespace('traefik')],
  ['another-namespace', namespace('elsewhere')],
];
/** A metadata server calls no pod, and no policy keeps a kubelet from the pods of its node. */
const RECEIVE_ONLY = ['metadata-address', 'kubelet'];

const port = [{ port: 4444 }];

describe.each(NAMES)('%s', (name) => {
  const components = [...new Set(ourPods(real(name, () => {}).manifests).map((pod) => pod.name))];

  test.each(OUTSIDERS)('may not call %s: %j', (outsider, peer) => {
    for (const from of components) {
      const subject = real(name, (spec) => {
        spec(from).egress = [...(spec(from).egress ?? []), { to: [peer], ports: port }];
      });
      expect(found(subject)).toContain(open(from, `${from} -> ${outsider}:4444/TCP`));
    }
  });

  test.each(
    OUTSIDERS.filter(([outsider]) => !RECEIVE_ONLY.includes(outsider)),
  )('may not be called by %s: %j', (outsider, peer) => {
    for (const to of components) {
      const subject = real(name, (spec) => {
        spec(to).ingress = [...(spec(to).ingress ?? []), { from: [peer], ports: port }];
      });
      expect(found(subject)).toContain(open(to, `${outsider} -> ${to}:4444/TCP`));
    }
  });

  test('opens no pair of components, nor of a component and an outsider, at a port of another line', () => {
    const outsiders: Record<string, PolicyPeer> = {
      dns: { ...namespace('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } },
      'ingress-controller': {
        ...namespace('traefik'),
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'traefik' } },
      },
    };
    const peer = (party: string) => outsiders[party] ?? component(party);
    const parties = [...components, ...Object.keys(outsiders)];
    const pairs = parties.flatMap((from) => parties.map((to) => ({ from, to })));
    const ours = pairs.filter(({ from, to }) => components.includes(from) || components.includes(to));
    for (const { from, to } of sample(ours, 3, NAMES.indexOf(name))) {
      const subject = real(name, (spec) => {
        if (components.includes(from)) {
          spec(from).egress = [...(spec(from).egress ?? []), { to: [peer(to)], ports: port }];
        }
        if (components.includes(to)) {
          spec(to).ingress = [...(spec(to).ingress ?? []), { from: [peer(from)], ports: port }];
        }
      });
      const where = components.includes(to) ? to : from;
      expect(found(subject)).toContainEqual(open(where, `${from} -> ${to}:4444/TCP`));
    }
  });
});
