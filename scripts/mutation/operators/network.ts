import type { Json } from '../../../checker/manifests/manifest';
import { drop, type Edit, type Operator, onObjects, positions, put } from '../mutant';

const POLICIES = ['NetworkPolicy'];
const DIRECTIONS = [
  ['ingress', 'from'],
  ['egress', 'to'],
] as const;

/** An edit for each rule of a policy. */
const eachRule =
  (edit: (rule: Json, peers: 'from' | 'to') => string | undefined) =>
  (policy: Json): Edit[] =>
    DIRECTIONS.flatMap(([direction, peers]) =>
      positions(policy.spec[direction]).map(
        (i): Edit =>
          (object) => {
            const what = edit(object.spec[direction][i], peers);
            return what && `${direction}[${i}] ${what}`;
          },
      ),
    );

/** An edit for each peer of each rule. */
const eachPeer = (edit: (peer: Json, all: Json[], i: number) => string | undefined) => (policy: Json) =>
  DIRECTIONS.flatMap(([direction, peers]) =>
    positions(policy.spec[direction]).flatMap((r) =>
      positions(policy.spec[direction][r][peers]).map(
        (p): Edit =>
          (object) => {
            const all = object.spec[direction][r][peers];
            const what = edit(all[p], all, p);
            return what && `${direction}[${r}].${peers}[${p}] ${what}`;
          },
      ),
    ),
  );

export const network: readonly Operator[] = [
  onObjects('lets a policy select everybody', POLICIES, () => [
    (policy) =>
      policy.metadata.name === 'default-deny' ? undefined : put(policy, {}, 'spec', 'podSelector'),
  ]),
  onObjects('misspells the label of a policy', POLICIES, () => [
    (policy) =>
      policy.spec.podSelector.matchLabels &&
      put(policy, 'wbe', 'spec', 'podSelector', 'matchLabels', 'app.kubernetes.io/component'),
  ]),
  onObjects('forgets a direction', POLICIES, () => [
    (policy) => put(policy, ['Ingress'], 'spec', 'policyTypes'),
    (policy) => put(policy, ['Egress'], 'spec', 'policyTypes'),
  ]),
  onObjects('drops a rule', POLICIES, (policy) =>
    DIRECTIONS.flatMap(([direction]) =>
      positions(policy.spec[direction]).map(
        (i): Edit =>
          (object) =>
            drop(object, 'spec', direction, i),
      ),
    ),
  ),
  onObjects('allows everything in a direction', POLICIES, () =>
    DIRECTIONS.map(
      ([direction]): Edit =>
        (object) => {
          object.spec[direction] = [...(object.spec[direction] ?? []), {}];
          return `${direction}: [{}]`;
        },
    ),
  ),
  onObjects(
    'drops the peers of a rule',
    POLICIES,
    eachRule((rule, peers) => drop(rule, peers)),
  ),
  onObjects(
    'drops the ports of a rule',
    POLICIES,
    eachRule((rule) => drop(rule, 'ports')),
  ),
  onObjects(
    'swaps the port of a rule',
    POLICIES,
    eachRule((rule) => put(rule, rule.ports[0].port + 1, 'ports', 0, 'port')),
  ),
  onObjects(
    'opens a range of ports',
    POLICIES,
    eachRule((rule) => put(rule, 65535, 'ports', 0, 'endPort')),
  ),
  onObjects(
    'takes the other protocol',
    POLICIES,
    eachRule((rule) => put(rule, rule.ports[0].protocol === 'UDP' ? 'TCP' : 'UDP', 'ports', 0, 'protocol')),
  ),
  onObjects(
    'drops a peer',
    POLICIES,
    eachPeer((_, all, i) => drop(all, i)),
  ),
  onObjects(
    'writes OR for AND',
    POLICIES,
    eachPeer(({ namespaceSelector, podSelector }, all, i) => {
      if (!namespaceSelector || !podSelector) return undefined;
      all.splice(i, 1, { namespaceSelector }, { podSelector });
      return 'as two peers';
    }),
  ),
  onObjects(
    'widens a peer to every pod',
    POLICIES,
    eachPeer((peer) => peer.podSelector && put(peer, {}, 'podSelector')),
  ),
  onObjects(
    'widens a peer to every namespace',
    POLICIES,
    eachPeer((peer) => peer.podSelector && put(peer, {}, 'namespaceSelector')),
  ),
  onObjects(
    'adds the internet',
    POLICIES,
    eachRule((rule, peers) => {
      rule[peers] = [...(rule[peers] ?? []), { ipBlock: { cidr: '0.0.0.0/0' } }];
      return `${peers} 0.0.0.0/0`;
    }),
  ),
];
