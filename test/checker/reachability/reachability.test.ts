import type { Json } from '../../../checker/manifests/manifest';
import { Network } from '../../../checker/reachability/reachability';
import { isCidr } from '../../../formats/cidr';
import { allowed, app, db, egress, ingress, internet, pod, policy, web } from './two-pods';

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

  test('by name are whatever each pod calls so', () => {
    const rule = [ingress({ ports: [{ port: 'sql' }] })];
    const other = pod('db', { listens: [{ name: 'sql', port: 5433, protocol: 'TCP' }] });
    expect([5432, 5433].map((port) => allowed(rule, web, db, port))).toEqual([true, false]);
    expect([5432, 5433].map((port) => allowed(rule, web, other, port))).toEqual([false, true]);
  });

  test('are listed where the ranges of both ends overlap', () => {
    const ranges = [
      egress({ ports: [{ port: 5000, endPort: 5432 }] }),
      ingress({ ports: [{ port: 5100, endPort: 6000 }] }),
    ];
    const silent = pod('db');
    const open = new Network(ranges, [web, silent]).openPorts(web, silent);
    expect(open.map(({ port }) => port).sort()).toEqual([5100, 5101, 5432]);
  });

  test('belong to the peers of their own rule', () => {
    const rules = [
      ingress({ from: [app('web')], ports: [{ port: 1 }] }, { from: [app('api')], ports: [{ port: 2 }] }),
    ];
    expect(allowed(rules, web, db, 1)).toBe(true);
    expect(allowed(rules, web, db, 2)).toBe(false);
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

  test.each<[string, string[] | undefined, boolean, boolean, boolean]>([
    // web, api, a pod without the label
    ['In', ['web', 'x'], true, false, false],
    ['NotIn', ['web', 'x'], false, true, true],
    ['Exists', undefined, true, true, false],
    ['DoesNotExist', undefined, false, false, true],
    ['Like', ['web'], false, false, false],
  ])('by the expression %s %j', (operator, values, ...expected) => {
    const selector = { matchExpressions: [{ key: 'app', operator, values }] };
    const senders = [web, pod('api'), pod('', { labels: {} })];
    const through = (peer: object) => senders.map((from) => allowed([ingress({ from: [peer] })], from));
    expect(through({ podSelector: selector })).toEqual(expected);

    const namespaced = senders.map((sender) => ({ ...sender, namespaceLabels: sender.labels, labels: {} }));
    const byNamespace = [ingress({ from: [{ namespaceSelector: selector }] })];
    expect(namespaced.map((from) => allowed(byNamespace, from))).toEqual(expected);
  });

  test("by labels of pods and namespaces with one name, which are two people's", () => {
    const team = { matchLabels: { team: 'a' } };
    const both = [ingress({ from: [{ namespaceSelector: team, podSelector: team }] })];
    const sender = (ofPod: string, ofNamespace: string) =>
      pod('web', { labels: { team: ofPod }, namespaceLabels: { team: ofNamespace } });
    expect(allowed(both, sender('a', 'a'))).toBe(true);
    expect(allowed(both, sender('a', 'b'))).toBe(false);
    expect(allowed(both, sender('b', 'a'))).toBe(false);
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
    expect(allowed(block('0.0.0.0/0', '::/0'), web, internet)).toBe(true);
  });

  test('do not match the exceptions of their own family either', () => {
    const rule = block('2001:db8::/32', '2001:db8::/64');
    expect(allowed(rule, web, { address: '2001:db8:1::7' })).toBe(true);
    expect(allowed(rule, web, { address: '2001:db8::7' })).toBe(false);
  });

  test('with an exception leave it to another item, rule or policy: those only add', () => {
    const whole = { ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.7/32'] } };
    const one = { ipBlock: { cidr: '203.0.113.7/32' } };
    expect(allowed([egress({ to: [whole] })], web, internet)).toBe(false);
    expect(allowed([egress({ to: [whole, one] })], web, internet)).toBe(true);
    expect(allowed([egress({ to: [whole] }, { to: [one] })], web, internet)).toBe(true);
    expect(allowed([egress({ to: [whole] }), egress({ to: [one] })], web, internet)).toBe(true);
  });

  test('match who comes in, too', () => {
    const rule = [ingress({ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] })];
    expect(allowed(rule, internet)).toBe(true);
    expect(allowed(rule, { address: '203.0.114.7' })).toBe(false);
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
