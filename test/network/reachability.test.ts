import fc from 'fast-check';
import type { Manifest } from '../../lib/checks/check';
import type { Json } from '../../lib/checks/workloads';
import { isCidr, Network, type Peer, type PodPeer } from '../../lib/network/reachability';

const pod = (app: string, more: Partial<PodPeer> = {}): PodPeer => ({
  namespace: 'ours',
  labels: { app },
  ...more,
});
const policy = (spec: Json): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'policy', namespace: 'ours' },
  spec,
});
const app = (name: string) => ({ podSelector: { matchLabels: { app: name } } });
const ingress = (...rules: Json[]) => policy({ ...app('db'), policyTypes: ['Ingress'], ingress: rules });
const egress = (...rules: Json[]) => policy({ ...app('web'), policyTypes: ['Egress'], egress: rules });

const web = pod('web');
const db = pod('db', { listens: [{ name: 'sql', port: 5432, protocol: 'TCP' }] });
const internet: Peer = { address: '203.0.113.7' };

const allowed = (
  policies: Manifest[],
  from: Peer = web,
  to: Peer = db,
  port = 5432,
  protocol: 'TCP' | 'UDP' | 'SCTP' = 'TCP',
) => new Network(policies).allowed(from, to, port, protocol);

describe('policies', () => {
  test('without one, everything is open', () => {
    expect(allowed([])).toBe(true);
  });

  test('that select other pods change nothing', () => {
    expect(allowed([policy({ ...app('api'), policyTypes: ['Ingress', 'Egress'] })])).toBe(true);
  });

  test('of another namespace change nothing', () => {
    const deny = { ...ingress(), metadata: { name: 'policy', namespace: 'theirs' } };
    expect(allowed([deny])).toBe(true);
  });

  test('with an empty selector are about every pod of the namespace', () => {
    expect(allowed([policy({ podSelector: {}, policyTypes: ['Ingress'] })])).toBe(false);
    expect(allowed([policy({ podSelector: {}, policyTypes: ['Ingress'] })], db, internet)).toBe(true);
  });

  test('only add: what one of them allows, no other takes away', () => {
    const deny = policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    const both = [deny, ingress({ from: [app('web')] }), egress({ to: [app('db')] })];
    expect(allowed(both)).toBe(true);
    expect(allowed(both.reverse())).toBe(true);
    expect(allowed([deny])).toBe(false);
  });

  test('must agree at both ends', () => {
    const closed = policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect(allowed([closed, ingress({ from: [app('web')] })])).toBe(false);
    expect(allowed([closed, egress({ to: [app('db')] })])).toBe(false);
  });

  test('do not hold for addresses that are no pods', () => {
    expect(allowed([policy({ podSelector: {}, policyTypes: ['Egress'] })], internet, db)).toBe(true);
  });
});

describe('policy types', () => {
  test('left out mean ingress, even without rules', () => {
    expect(allowed([policy(app('db'))])).toBe(false);
    expect(allowed([policy({ ...app('db'), policyTypes: [] })])).toBe(false);
    expect(allowed([policy(app('web'))])).toBe(true);
  });

  test('left out mean egress as well once there are rules for it', () => {
    expect(allowed([policy({ ...app('web'), egress: [{ to: [app('api')] }] })])).toBe(false);
    expect(allowed([policy({ ...app('web'), egress: [] })])).toBe(true);
  });

  test('Egress without rules denies all of it', () => {
    expect(allowed([policy({ ...app('web'), policyTypes: ['Egress'] })])).toBe(false);
  });

  test('decide, not the rules: ingress rules of an egress policy do nothing', () => {
    const spec = { ...app('db'), policyTypes: ['Egress'], ingress: [{ from: [app('api')] }] };
    expect(allowed([policy(spec)])).toBe(true);
  });
});

describe('peers', () => {
  const traefik = {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'traefik' } },
    podSelector: { matchLabels: { app: 'traefik' } },
  };
  const controller = pod('traefik', { namespace: 'traefik' });
  const neighbour = pod('other', { namespace: 'traefik' });
  const double = pod('traefik');

  test('in one item mean AND', () => {
    const rule = [ingress({ from: [traefik] })];
    expect([controller, neighbour, double].map((from) => allowed(rule, from))).toEqual([true, false, false]);
  });

  test('in two items mean OR', () => {
    const { namespaceSelector, podSelector } = traefik;
    const rule = [ingress({ from: [{ namespaceSelector }, { podSelector }] })];
    expect([controller, neighbour, double].map((from) => allowed(rule, from))).toEqual([true, true, true]);
  });

  test('by pod selector alone are of the same namespace', () => {
    const rule = [ingress({ from: [app('web')] })];
    expect(allowed(rule)).toBe(true);
    expect(allowed(rule, pod('web', { namespace: 'theirs' }))).toBe(false);
  });

  test('by an empty pod selector are all of the namespace, and nobody else', () => {
    const rule = [ingress({ from: [{ podSelector: {} }] })];
    expect([web, controller, internet].map((from) => allowed(rule, from))).toEqual([true, false, false]);
  });

  test('by an empty namespace selector are all pods, but no addresses', () => {
    const rule = [ingress({ from: [{ namespaceSelector: {} }] })];
    expect([web, controller, internet].map((from) => allowed(rule, from))).toEqual([true, true, false]);
  });

  test('by labels of the namespace need labels that exist', () => {
    const rule = [ingress({ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] })];
    expect(allowed(rule, controller)).toBe(false);
    expect(allowed(rule, { ...controller, namespaceLabels: { team: 'a' } })).toBe(true);
  });

  test.each([
    ['absent', {}],
    ['empty', { from: [] }],
  ])('%s mean everybody', (_, rule) => {
    expect([web, controller, internet].map((from) => allowed([ingress(rule)], from))).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('no rule at all means nobody', () => {
    expect(allowed([ingress()])).toBe(false);
  });

  test('an item without any selector selects nobody', () => {
    expect(allowed([ingress({ from: [{}] })])).toBe(false);
  });

  test('by expression', () => {
    const from = [
      { podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['api'] }] } },
    ];
    expect(allowed([ingress({ from })])).toBe(true);
    expect(allowed([ingress({ from })], pod('api'))).toBe(false);
  });
});

describe('blocks of addresses', () => {
  const block = (cidr: string, ...except: string[]) => [egress({ to: [{ ipBlock: { cidr, except } }] })];

  test('match the addresses inside', () => {
    expect(allowed(block('203.0.113.0/24'), web, internet)).toBe(true);
    expect(allowed(block('203.0.114.0/24'), web, internet)).toBe(false);
  });

  test('do not match the exceptions', () => {
    const rule = block('0.0.0.0/0', '169.254.0.0/16', '10.0.0.0/8');
    expect(allowed(rule, web, internet)).toBe(true);
    expect(allowed(rule, web, { address: '169.254.169.254' })).toBe(false);
  });

  test('match pods too, by their address', () => {
    expect(allowed(block('0.0.0.0/0'))).toBe(true);
    expect(allowed(block('10.244.0.0/16'))).toBe(true);
    expect(allowed(block('0.0.0.0/0', '10.0.0.0/8'))).toBe(false);
    expect(allowed(block('10.244.0.0/16'), web, { ...db, address: '100.64.0.1' })).toBe(false);
  });

  test('keep the families of addresses apart', () => {
    expect(allowed(block('0.0.0.0/0'), web, { address: '2001:db8::7' })).toBe(false);
    expect(allowed(block('::/0'), web, { address: '2001:db8::7' })).toBe(true);
    expect(allowed(block('::/0'), web, internet)).toBe(false);
  });

  test('that cannot be read match nothing', () => {
    expect(allowed(block('203.0.113.7'), web, internet)).toBe(false);
  });

  test.each([
    ['10.0.0.0/8', true],
    ['::/0', true],
    ['10.0.0.1/32', true],
    ['::1/128', true],
    ['::1/129', false],
    ['10.0.0.0', false],
    ['10.0.0.0/33', false],
    ['10.0.0/8', false],
    ['host/8', false],
    [undefined, false],
  ])('%s is a range: %s', (text, expected) => {
    expect(isCidr(text)).toBe(expected);
  });
});

describe('ports', () => {
  const open = (...ports: Json[]) => [ingress({ from: [app('web')], ports })];

  test.each([
    ['none given: all', open(), 1, 'UDP', true],
    ['the number of the container', open({ port: 5432 }), 5432, 'TCP', true],
    ['not the number of the Service', open({ port: 80 }), 5432, 'TCP', false],
    ['TCP unless another protocol is given', open({ port: 5432 }), 5432, 'UDP', false],
    ['the given protocol', open({ port: 53, protocol: 'UDP' }), 53, 'UDP', true],
    ['only the given protocol', open({ port: 53, protocol: 'UDP' }), 53, 'TCP', false],
    ['a protocol without a port is all its ports', open({ protocol: 'SCTP' }), 9, 'SCTP', true],
    ['… and none of the others', open({ protocol: 'SCTP' }), 9, 'TCP', false],
    ['the first of a range', open({ port: 5000, endPort: 5432 }), 5000, 'TCP', true],
    ['the last of a range', open({ port: 5000, endPort: 5432 }), 5432, 'TCP', true],
    ['below a range', open({ port: 5000, endPort: 5432 }), 4999, 'TCP', false],
    ['above a range', open({ port: 5000, endPort: 5431 }), 5432, 'TCP', false],
    ['a name of the target', open({ port: 'sql' }), 5432, 'TCP', true],
    ['a name the target does not have', open({ port: 'http' }), 5432, 'TCP', false],
    ['a name with another protocol', open({ port: 'sql', protocol: 'UDP' }), 5432, 'UDP', false],
    ['one of several', open({ port: 80 }, { port: 5432 }), 5432, 'TCP', true],
  ] as const)('%s', (_, policies, port, protocol, expected) => {
    expect(allowed([...policies], web, db, port, protocol)).toBe(expected);
  });

  test('by name are those of the end that listens, for egress too', () => {
    const rule = [egress({ to: [app('db')], ports: [{ port: 'sql' }] })];
    expect(allowed(rule)).toBe(true);
    expect(allowed(rule, { ...web, listens: db.listens }, pod('db'))).toBe(false);
    expect(allowed([egress({ ports: [{ port: 'sql' }] })], web, internet)).toBe(false);
  });

  test('belong to the peers of their own rule', () => {
    const rules = [
      ingress({ from: [app('web')], ports: [{ port: 1 }] }, { from: [app('api')], ports: [{ port: 2 }] }),
    ];
    expect(allowed(rules, web, db, 1)).toBe(true);
    expect(allowed(rules, web, db, 2)).toBe(false);
  });
});

describe('for any policies', () => {
  const selector = fc.constantFrom({}, app('web').podSelector, app('db').podSelector, app('api').podSelector);
  const peer = fc.oneof(
    selector.map((podSelector) => ({ podSelector })),
    fc.record({ namespaceSelector: fc.constant({}), podSelector: selector }),
    fc.constant({ ipBlock: { cidr: '0.0.0.0/0' } }),
  );
  const ports = fc.array(fc.record({ port: fc.constantFrom(80, 5432) }), { maxLength: 2 });
  const rule = fc.record({ peers: fc.array(peer, { maxLength: 2 }), ports });
  const anyPolicy = fc
    .record({
      podSelector: selector,
      policyTypes: fc.uniqueArray(fc.constantFrom('Ingress', 'Egress'), { minLength: 1 }),
      ingress: fc.array(rule, { maxLength: 2 }),
      egress: fc.array(rule, { maxLength: 2 }),
    })
    .map((spec) =>
      policy({
        ...spec,
        ingress: spec.ingress.map(({ peers, ports }) => ({ from: peers, ports })),
        egress: spec.egress.map(({ peers, ports }) => ({ to: peers, ports })),
      }),
    );
  const policies = fc.array(anyPolicy, { maxLength: 5 });

  test('their order does not matter', () => {
    fc.assert(fc.property(policies, (all) => allowed(all) === allowed([...all].reverse())));
  });

  test('saying one twice changes nothing', () => {
    const deny = policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    fc.assert(fc.property(policies, (all) => allowed([deny, ...all]) === allowed([deny, ...all, deny])));
  });

  test('one more never closes what is open beneath a default that denies', () => {
    const deny = policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    fc.assert(
      fc.property(
        policies,
        anyPolicy,
        (all, more) => !allowed([deny, ...all]) || allowed([deny, ...all, more]),
      ),
    );
  });

  test('both ends decide for themselves', () => {
    fc.assert(
      fc.property(policies, (all) => {
        const network = new Network(all);
        return (
          network.allowed(web, db, 5432) === (network.sends(web, db, 5432) && network.receives(web, db, 5432))
        );
      }),
    );
  });
});
