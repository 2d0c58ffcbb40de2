import type { Json } from '../../../checker/manifests/manifest';
import { allowed, app, db, egress, ingress, internet, pod, policy, web } from './two-pods';

// Absent, empty, null and `{}` mean nobody in one place and everybody in the next. Here they all are.

const elsewhere = pod('web', { namespace: 'theirs' });
const NOBODY = [false, false, false];
const NAMESPACE = [true, false, false];
const PODS = [true, true, false];
const EVERYBODY = [true, true, true];

describe.each([
  ['ingress', 'Ingress', 'from', db],
  ['egress', 'Egress', 'to', web],
] as const)('%s', (direction, type, peers, own) => {
  /** Whether the other pod, a pod of another namespace and the internet are let through. */
  const through = (rules: Json) => {
    const spec = { podSelector: {}, policyTypes: [type], [direction]: rules };
    return [own === db ? web : db, elsewhere, internet].map((other) =>
      direction === 'ingress' ? allowed([policy(spec)], other, own) : allowed([policy(spec)], own, other),
    );
  };

  test.each<[string, Json, boolean[]]>([
    ['no rules: absent', undefined, NOBODY],
    ['no rules: null', null, NOBODY],
    ['no rules: []', [], NOBODY],
    ['a rule {}', [{}], EVERYBODY],
    ['a rule null, which is read as {}', [null], EVERYBODY],
    ['peers absent, ports given', [{ ports: [{ port: 5432 }] }], EVERYBODY],
    ['peers null', [{ [peers]: null }], EVERYBODY],
    ['peers []', [{ [peers]: [] }], EVERYBODY],
    ['a peer {}, which the API server refuses', [{ [peers]: [{}] }], NOBODY],
    ['a peer null, which the API server refuses', [{ [peers]: [null] }], NOBODY],
    ['podSelector {}', [{ [peers]: [{ podSelector: {} }] }], NAMESPACE],
    [
      'podSelector {}, namespaceSelector null',
      [{ [peers]: [{ podSelector: {}, namespaceSelector: null }] }],
      NAMESPACE,
    ],
    ['podSelector with matchLabels {}', [{ [peers]: [{ podSelector: { matchLabels: {} } }] }], NAMESPACE],
    [
      'podSelector with matchExpressions []',
      [{ [peers]: [{ podSelector: { matchExpressions: [] } }] }],
      NAMESPACE,
    ],
    ['namespaceSelector {}', [{ [peers]: [{ namespaceSelector: {} }] }], PODS],
    [
      'namespaceSelector {}, podSelector {}',
      [{ [peers]: [{ namespaceSelector: {}, podSelector: {} }] }],
      PODS,
    ],
    [
      'namespaceSelector {}, podSelector null',
      [{ [peers]: [{ namespaceSelector: {}, podSelector: null }] }],
      PODS,
    ],
    ['ports absent', [{ [peers]: [{ podSelector: {} }] }], NAMESPACE],
    ['ports null', [{ [peers]: [{ podSelector: {} }], ports: null }], NAMESPACE],
    ['ports []', [{ [peers]: [{ podSelector: {} }], ports: [] }], NAMESPACE],
    ['a port {}: every TCP port', [{ [peers]: [{ podSelector: {} }], ports: [{}] }], NAMESPACE],
    ['a port null', [{ [peers]: [{ podSelector: {} }], ports: [{ port: null }] }], NAMESPACE],
  ])('%s', (_, rules, expected) => {
    expect(through(rules)).toEqual(expected);
  });
});

describe('the pods of a policy', () => {
  test.each<[string, Json]>([
    ['absent', { policyTypes: ['Ingress'] }],
    ['null', { podSelector: null, policyTypes: ['Ingress'] }],
    ['{}', { podSelector: {}, policyTypes: ['Ingress'] }],
    ['empty labels', { podSelector: { matchLabels: {} }, policyTypes: ['Ingress'] }],
    ['a spec that is empty', {}],
    ['a spec that is absent', undefined],
  ])('%s: every pod of the namespace, also without labels', (_, spec) => {
    const bare = pod('', { labels: {} });
    expect([db, bare].map((to) => allowed([policy(spec)], web, to))).toEqual([false, false]);
    expect(allowed([policy(spec)], web, elsewhere)).toBe(true);
  });
});

describe('policy types', () => {
  // [policyTypes, ingress, egress] → whether web is held in [ingress, egress].
  test.each<[Json, Json, Json, boolean, boolean]>([
    [undefined, undefined, undefined, true, false],
    [undefined, undefined, [], true, false],
    [undefined, undefined, [{ to: [app('api')] }], true, true],
    [undefined, [], undefined, true, false],
    [null, undefined, null, true, false],
    [[], undefined, [{ to: [app('api')] }], true, true],
    [['Ingress'], undefined, [{ to: [app('api')] }], true, false],
    [['Egress'], undefined, undefined, false, true],
    [['Egress'], [], [], false, true],
    [['Egress'], [{ from: [app('api')] }], undefined, false, true],
    [['Ingress', 'Egress'], undefined, undefined, true, true],
  ])('%j, ingress %j, egress %j: holds ingress %s, egress %s', (policyTypes, into, out, holdsIn, holdsOut) => {
    const one = [policy({ ...app('web'), policyTypes, ingress: into, egress: out })];
    expect([!allowed(one, db, web), !allowed(one, web, db)]).toEqual([holdsIn, holdsOut]);
  });
});

describe('protocols', () => {
  test.each(['TCP', 'UDP', 'SCTP'] as const)('without ports, %s is open as well', (protocol) => {
    expect(allowed([ingress({ from: [app('web')] })], web, db, 7, protocol)).toBe(true);
    expect(allowed([egress({})], web, db, 7, protocol)).toBe(true);
  });

  test('each end speaks about its own: both must name it', () => {
    const rules = (sent: string, received: string) => [
      egress({ ports: [{ port: 53, protocol: sent }] }),
      ingress({ ports: [{ port: 53, protocol: received }] }),
    ];
    expect(allowed(rules('UDP', 'UDP'), web, db, 53, 'UDP')).toBe(true);
    expect(allowed(rules('UDP', 'TCP'), web, db, 53, 'UDP')).toBe(false);
    expect(allowed(rules('UDP', 'TCP'), web, db, 53, 'TCP')).toBe(false);
  });
});
