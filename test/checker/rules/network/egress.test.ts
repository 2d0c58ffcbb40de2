import type { Json } from '../../../../checker/manifests/manifest';
import { egress } from '../../../../checker/rules/network/egress';
import { broken, found, good } from '../../fixture';

const METADATA = 'reaches 169.254.169.254, where clouds hand out the credentials of the node';
const KUBELET = 'reaches the kubelet of a node, which runs commands in its pods';

/** What is wrong with one more rule in the policy of web. */
const wrongs = (rule: Json) =>
  found(
    egress,
    broken('NetworkPolicy/web', ({ spec }) => spec.egress.push(rule)),
  ).map(([, , wrong]) => wrong);

const block = (cidr: string, ...except: string[]) => [{ ipBlock: { cidr, except } }];

test('finds nothing where peers are pods', () => {
  expect(found(egress, good())).toEqual([]);
});

test('says which rule of which policy', () => {
  const subject = broken('NetworkPolicy/web', ({ spec }) => spec.egress.push({}));
  expect(found(egress, subject)).toEqual([
    ['NetworkPolicy/web spec.egress[3]', 'everybody', METADATA],
    ['NetworkPolicy/web spec.egress[3]', 'everybody', KUBELET],
  ]);
});

test.each([
  ['0.0.0.0/0'],
  ['169.254.169.254/32'],
  ['169.254.0.0/16'],
  ['0.0.0.0/0', '10.0.0.0/8'],
  ['0.0.0.0/0', '169.254.169.254/33'],
  ['::/0'],
  ['fd00:ec2::/64'],
])('finds the metadata address in %s, except %s', (cidr, ...except) => {
  expect(wrongs({ to: block(cidr, ...except), ports: [{ port: 80 }] })).toEqual([METADATA]);
});

test.each([
  ['203.0.113.0/24'],
  ['0.0.0.0/0', '169.254.0.0/16'],
  ['0.0.0.0/0', '169.254.169.254/32'],
  ['::/0', 'fd00:ec2::254/128'],
  ['::/0', 'fc00::/7'],
])('does not find it in %s, except %s', (cidr, ...except) => {
  expect(wrongs({ to: block(cidr, ...except), ports: [{ port: 80 }] })).toEqual([]);
});

test.each([
  [{ port: 53, protocol: 'UDP' }],
  [{ port: 443 }],
  [{ port: 80, protocol: 'UDP' }],
])('knows that nothing is handed out at %j', (...ports) => {
  expect(wrongs({ ports })).toEqual([]);
});

test.each([
  [{ port: 1, endPort: 1024 }],
  [{ protocol: 'TCP' }],
])('finds the metadata address at %j', (...ports) => {
  expect(wrongs({ to: block('169.254.0.0/16'), ports })).toEqual([METADATA]);
});

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

test.each([
  ...PRIVATE.map((range) => [range]),
  ['192.168.49.2/32'],
  ['10.0.0.0/8', '10.0.0.0/16'],
  ['0.0.0.0/0', '169.254.0.0/16', ...PRIVATE.slice(1)],
  ['fd12:3456::/32'],
])('finds the kubelet in %s, except %s', (cidr, ...except) => {
  expect(wrongs({ to: block(cidr, ...except) })).toEqual([KUBELET]);
});

test.each([
  ['203.0.113.0/24'],
  ['0.0.0.0/0', '169.254.0.0/16', ...PRIVATE],
])('does not find it in %s, except %s', (cidr, ...except) => {
  expect(wrongs({ to: block(cidr, ...except) })).toEqual([]);
});

test.each([
  [{ port: 10250 }],
  [{ port: 10255, protocol: 'TCP' }],
  [{ port: 1024, endPort: 65535 }],
  [{ protocol: 'TCP' }],
  [{ port: 443 }, { port: 10250 }],
])('finds its ports in %j', (...ports) => {
  expect(wrongs({ to: block('10.0.0.0/8'), ports })).toEqual([KUBELET]);
});

test.each([
  [{ port: 443 }],
  [{ port: 10250, protocol: 'UDP' }],
  [{ port: 'https' }],
  [{ port: 10256, endPort: 65535 }],
])('does not find them in %j', (...ports) => {
  expect(wrongs({ to: block('10.0.0.0/8'), ports })).toEqual([]);
});

test('takes whole namespaces with its port for the pods on the host network', () => {
  const ports = [{ port: 10250 }];
  expect(wrongs({ to: [{ namespaceSelector: {} }], ports })).toEqual([KUBELET]);
  expect(wrongs({ to: [{ namespaceSelector: {} }], ports: [{ port: 53 }] })).toEqual([]);
  // The port of cert-manager's webhook, for example.
  expect(wrongs({ to: [{ namespaceSelector: {}, podSelector: {} }], ports })).toEqual([]);
});
