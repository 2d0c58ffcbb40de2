import fc from 'fast-check';
import type { ObjectOf } from '../../../checker/manifests/kubernetes';
import type { LabelSelector, Labels } from '../../../checker/manifests/label-selector';
import type { Peer, Protocol } from '../../../checker/reachability/peer';
import { policy } from './policy';

// Few peers and policies, so that everything that policies can say makes a difference to some peer.

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;
const NAMESPACES: Readonly<Record<string, Record<string, string> | undefined>> = {
  ours: { team: 'a' },
  theirs: { team: 'b', app: 'web' },
  bare: undefined,
};

/** Which of the addresses below lie in which range. */
export const RANGES: Readonly<Record<string, readonly string[]>> = {
  '0.0.0.0/0': ['10.244.0.7', '10.244.1.9', '203.0.113.7', '203.0.113.200'],
  '10.0.0.0/8': ['10.244.0.7', '10.244.1.9'],
  '10.244.0.0/24': ['10.244.0.7'],
  '203.0.113.0/24': ['203.0.113.7', '203.0.113.200'],
  '203.0.113.0/25': ['203.0.113.7'],
  '203.0.113.7/32': ['203.0.113.7'],
  '::/0': ['2001:db8::7', '2001:db8:1::9'],
  '2001:db8::/48': ['2001:db8::7'],
};
const addresses = [...new Set(Object.values(RANGES).flat())];

const anyLabels = fc.record(
  { app: fc.constantFrom('web', 'db'), tier: fc.constantFrom('front', 'back') },
  { requiredKeys: [] },
);
const listens = fc.subarray([
  { name: 'sql', port: 5432, protocol: 'TCP' as Protocol },
  { name: 'main', port: 80, protocol: 'TCP' as Protocol },
  { name: 'dns', port: 53, protocol: 'UDP' as Protocol },
]);
const anyPod = fc
  .record(
    {
      labels: anyLabels,
      namespace: fc.constantFrom('ours', 'theirs', 'bare'),
      listens,
      address: fc.constantFrom(...addresses),
    },
    { requiredKeys: ['labels', 'namespace', 'listens'] },
  )
  .map((pod): Peer => ({ ...pod, namespaceLabels: NAMESPACES[pod.namespace] }));
const anyAddress = fc.constantFrom(...addresses).map((address): Peer => ({ address }));

/** Some peers, a pod of ours among them. */
export const anyPeers = fc
  .tuple(
    anyLabels,
    fc.array(fc.oneof({ weight: 3, arbitrary: anyPod }, anyAddress), { minLength: 1, maxLength: 4 }),
  )
  .map(([labels, others]): Peer[] => [
    { namespace: 'ours', namespaceLabels: NAMESPACES['ours'], labels },
    ...others,
  ]);

const expression = fc.record({
  key: fc.constantFrom('app', 'tier', 'team'),
  operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
  values: fc.subarray(['web', 'db', 'front', 'a', 'b']),
});
const selector = (matchLabels: fc.Arbitrary<Labels>): fc.Arbitrary<LabelSelector> =>
  fc.record({ matchLabels, matchExpressions: fc.array(expression, { maxLength: 1 }) }, { requiredKeys: [] });
export const podSelector = selector(anyLabels);
const namespaceSelector = selector(
  fc.constantFrom<Labels[]>(
    {},
    { team: 'a' },
    { team: 'b' },
    { 'kubernetes.io/metadata.name': 'ours' },
    { app: 'web' },
  ),
);
const ipBlock = fc.record({
  cidr: fc.constantFrom(...Object.keys(RANGES)),
  except: fc.subarray(Object.keys(RANGES), { maxLength: 1 }),
});
const anyPeer = fc.oneof(
  fc.record({ podSelector }),
  fc.record({ namespaceSelector }),
  fc.record({ namespaceSelector, podSelector }),
  fc.record({ ipBlock }),
);

const protocol = fc.constantFrom(undefined, ...PROTOCOLS);
const anyPort = fc.oneof(
  fc.record({ protocol }),
  fc.record({ protocol, port: fc.constantFrom<number | string>(53, 80, 5432, 'sql', 'main', 'dns') }),
  fc.record({ protocol, port: fc.constantFrom(1, 53, 80), endPort: fc.constantFrom(80, 5432, 65535) }),
);
const list = <T>(one: fc.Arbitrary<T>) => fc.option(fc.array(one, { maxLength: 2 }), { nil: undefined });
const rules = (peers: 'from' | 'to') =>
  fc
    .array(fc.record({ peers: list(anyPeer), ports: list(anyPort) }), { maxLength: 2 })
    .map((all) => all.map(({ peers: given, ports }) => ({ [peers]: given, ports })));

/** A policy that says which directions it is about. */
const anyPolicy = fc
  .record({
    namespace: fc.constantFrom('ours', 'ours', 'theirs'),
    podSelector,
    policyTypes: fc.subarray(['Ingress', 'Egress'], { minLength: 1 }),
    ingress: rules('from'),
    egress: rules('to'),
  })
  .map(({ namespace, ...spec }): ObjectOf<'NetworkPolicy'> => ({ ...policy(spec, namespace), spec }));
export const anyPolicies = fc.array(anyPolicy, { maxLength: 4 });

/** Ports that some policy may open. */
export const questions = [1, 53, 80, 443, 5432].flatMap((port) =>
  PROTOCOLS.map((protocol) => ({ port, protocol })),
);
