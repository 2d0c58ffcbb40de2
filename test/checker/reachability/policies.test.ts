import type { Peer, Protocol } from '../../../checker/reachability/peer';
import { Network } from '../../../checker/reachability/reachability';
import type { Manifest } from '../../manifest';
import { yamlOf } from '../../yaml';
import { policy } from './policy';

interface Case {
  readonly test: string;
  readonly policies?: readonly ({ readonly namespace?: string } | null)[];
  readonly ingress?: readonly unknown[];
  readonly egress?: readonly unknown[];
  readonly open?: readonly string[];
  readonly closed?: readonly string[];
}

const { peers, cases, rules, types } = yamlOf<{
  readonly peers: Readonly<Record<string, Peer>>;
  readonly cases: readonly Case[];
  readonly rules: Readonly<Record<string, readonly unknown[]>>;
  readonly types: Readonly<Record<string, readonly object[]>>;
}>(__dirname, 'policies.yaml');

const peer = (name: string): Peer => {
  const found = peers[name];
  if (found) return found;
  throw new Error(`policies.yaml has no peer ${name}`);
};
const app = (name: string) => ({ matchLabels: { app: name } });
const restricting = (name: string, type: 'Ingress' | 'Egress', rules: readonly unknown[] | undefined) =>
  rules ? [policy({ podSelector: app(name), policyTypes: [type], [type.toLowerCase()]: rules })] : [];

/** `web -> db:53/UDP` */
function isOpen(policies: readonly Manifest[], connection: string): boolean {
  const [, from = '', to = '', port = '5432', protocol = 'TCP'] =
    /^(\S+) -> ([^:]+)(?::(\d+))?(?:\/(\w+))?$/.exec(connection) ?? [];
  const network = new Network(policies, [peer(from), peer(to)]);
  return network.allowed(peer(from), peer(to), Number(port), protocol as Protocol);
}

test.each(cases)('$test', ({ policies = [], ingress, egress, open = [], closed = [] }) => {
  const all = [
    ...policies.map((given) => {
      const { namespace, ...spec } = given ?? {};
      return policy(given ? spec : undefined, namespace);
    }),
    ...restricting('db', 'Ingress', ingress),
    ...restricting('web', 'Egress', egress),
  ];
  for (const policies of [all, [...all].reverse()]) {
    expect(open.filter((connection) => !isOpen(policies, connection))).toEqual([]);
    expect(closed.filter((connection) => isOpen(policies, connection))).toEqual([]);
  }
});

const THROUGH: Readonly<Record<string, readonly string[]>> = {
  none: [],
  'the namespace': ['bare'],
  'all pods': ['bare', 'elsewhere'],
  everything: ['bare', 'elsewhere', 'internet'],
};

const rows = Object.entries(rules).flatMap(([who, all]) => all.map((list) => ({ who, list })));
test.each(rows)('the rules $list let through $who', ({ who, list }) => {
  const as = (key: 'from' | 'to') => JSON.parse(JSON.stringify(list).replaceAll('"peers"', `"${key}"`));
  const through = (type: 'Ingress' | 'Egress', spec: object, connection: (other: string) => string) =>
    ['bare', 'elsewhere', 'internet'].filter((other) =>
      isOpen([policy({ podSelector: {}, policyTypes: [type], ...spec })], connection(other)),
    );
  expect(through('Ingress', { ingress: as('from') }, (other) => `${other} -> db`)).toEqual(THROUGH[who]);
  expect(through('Egress', { egress: as('to') }, (other) => `web -> ${other}`)).toEqual(THROUGH[who]);
});

const restricted = Object.entries(types).flatMap(([held, all]) => all.map((spec) => ({ held, spec })));
test.each(restricted)('$spec restricts $held', ({ held, spec }) => {
  const one = [policy({ podSelector: app('web'), ...spec })];
  const found = [
    ...(isOpen(one, 'db -> web') ? [] : ['Ingress']),
    ...(isOpen(one, 'web -> db') ? [] : ['Egress']),
  ];
  expect(found.join(' and ')).toBe(held);
});

test('ports are listed where the ranges of both ends overlap', () => {
  const [web, silent] = [peer('web'), peer('db-silent')];
  const ranges = [
    ...restricting('web', 'Egress', [{ ports: [{ port: 5000, endPort: 5432 }] }]),
    ...restricting('db', 'Ingress', [{ ports: [{ port: 5100, endPort: 6000 }] }]),
  ];
  const open = new Network(ranges, [web, silent]).openPorts(web, silent);
  expect(open.map(({ port }) => port).sort()).toEqual([5100, 5101, 5432]);
});
