import { matrix, ourPods } from '../../../checker/reachability/matrix';
import { flows } from '../../../lib/network/flows';
import { component, found, NAMES, real } from '../../checker/reachability/real';
import { open } from '../../checker/reachability/sentences';
import { sample } from '../../counts';

// Every peer that could get a connection that is not in the table is tried: what opens it is found, for every component.

const namespace = (name: string, pods?: object) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  ...(pods && { podSelector: { matchLabels: pods } }),
});
const address = (cidr: string) => ({ ipBlock: { cidr } });

/** Peers that must not get through at the port of no line, and the smallest one that does. */
const OUTSIDERS: readonly (readonly [name: string, peer: object])[] = [
  ['internet', address('203.0.113.7/32')],
  ['internet', address('2001:db8::7/128')],
  ['metadata-address', address('169.254.169.254/32')],
  ['metadata-address', address('fd00:ec2::254/128')],
  ['kubelet', address('192.168.0.10/32')],
  ['another pod in kube-system', namespace('kube-system')],
  ['another pod in traefik', namespace('traefik')],
  ['another-namespace', namespace('elsewhere')],
  ['dns', namespace('kube-system', { 'k8s-app': 'kube-dns' })],
  ['ingress-controller', namespace('traefik', { 'app.kubernetes.io/name': 'traefik' })],
];
/** A metadata server calls no pod, and no policy keeps a kubelet from the pods of its node. */
const RECEIVE_ONLY = ['metadata-address', 'kubelet'];

const port = [{ port: 4444 }];

describe.each(NAMES)('%s', (name) => {
  const components = [...new Set(ourPods(real(name, () => {}).manifests).map((pod) => pod.name))];

  /** What is found if one end opens a connection for the other, or both do where both are ours. */
  const expectFound = (from: string, to: string, peers: { from: object; to: object }) => {
    const subject = real(name, (spec) => {
      if (components.includes(from))
        spec(from).egress = [...(spec(from).egress ?? []), { to: [peers.to], ports: port }];
      if (components.includes(to))
        spec(to).ingress = [...(spec(to).ingress ?? []), { from: [peers.from], ports: port }];
    });
    const where = components.includes(to) ? to : from;
    expect(found(subject)).toContainEqual(open(where, `${from} -> ${to}:4444/TCP`));
  };

  test.each(OUTSIDERS)('opens nothing to or from %s: %j', (outsider, peer) => {
    for (const ours of components) {
      expectFound(ours, outsider, { from: component(ours), to: peer });
      if (!RECEIVE_ONLY.includes(outsider)) expectFound(outsider, ours, { from: peer, to: component(ours) });
    }
  });

  test('opens no pair of components at a port of another line', () => {
    const pairs = components.flatMap((from) => components.map((to) => ({ from, to })));
    for (const { from, to } of sample(pairs, 3, NAMES.indexOf(name)))
      expectFound(from, to, { from: component(from), to: component(to) });
  });

  test('opens exactly the lines of the table about whom it has', () => {
    const subject = real(name, () => {});
    const outsiders = Object.entries(subject.outsiders ?? {}).flatMap(([outsider, [one]]) =>
      one ? [[outsider, one] as const] : [],
    );
    const present = [...components, ...outsiders.map(([outsider]) => outsider)];
    const lines = flows
      .filter(({ to }) => present.includes(to))
      .flatMap(({ from, to, port, protocols = ['TCP'] }) =>
        from
          .filter((sender) => present.includes(sender))
          .flatMap((sender) => protocols.map((protocol) => `${sender} -> ${to}:${port}/${protocol}`)),
      );
    expect(matrix(subject.manifests, Object.fromEntries(outsiders))).toEqual(lines.sort());
  });
});
