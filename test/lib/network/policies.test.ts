import type { Flow } from '../../../lib/network/flows';
import { allowFlows, denyByDefault, type Outsiders } from '../../../lib/network/policies';
import { find, objectsOf } from '../../support';

const table: Flow[] = [
  { from: ['ingress-controller', 'node-port'], to: 'web', port: 8000, why: 'people' },
  { from: ['web', 'backup'], to: 'postgres', port: 5432, why: 'data' },
  { from: ['web'], to: 'dns', port: 53, protocols: ['UDP', 'TCP'], why: 'names' },
];
const traefik = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'traefik' } } };
const dns = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } };
const outsiders: Outsiders = { 'ingress-controller': [traefik], dns: [dns] };
const pods = (component: string) => ({
  podSelector: {
    matchLabels: { 'app.kubernetes.io/component': component, 'app.kubernetes.io/part-of': 'coped' },
  },
});
const policyOf = (component: 'web' | 'postgres', given: Outsiders = outsiders) =>
  find(
    objectsOf((scope) => allowFlows(scope, component, table, ['web', 'postgres'], given)),
    'NetworkPolicy',
    component,
  ).spec;

test('denies everything in both directions, to every pod', () => {
  const policy = find(objectsOf(denyByDefault), 'NetworkPolicy', 'default-deny');
  expect(policy.spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
});

test('a flow opens both of its ends', () => {
  expect(policyOf('web')).toEqual({
    ...pods('web'),
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [traefik], ports: [{ port: 8000, protocol: 'TCP' }] }],
    egress: [
      { to: [pods('postgres')], ports: [{ port: 5432, protocol: 'TCP' }] },
      {
        to: [dns],
        ports: [
          { port: 53, protocol: 'UDP' },
          { port: 53, protocol: 'TCP' },
        ],
      },
    ],
  });
  expect(policyOf('postgres').ingress).toEqual([
    { from: [pods('web')], ports: [{ port: 5432, protocol: 'TCP' }] },
  ]);
});

test('a component that opens no connection may open none: the direction is named, and holds nothing', () => {
  expect(policyOf('postgres').policyTypes).toContain('Egress');
  expect(policyOf('postgres')).not.toHaveProperty('egress');
});

test('a peer that an environment does not have never becomes "everybody"', () => {
  expect(policyOf('web', { dns: [dns] })).not.toHaveProperty('ingress');
  for (const rule of policyOf('web').ingress) expect(rule.from).not.toEqual([]);
});

test('a laptop’s own addresses are let in beside the controller', () => {
  const laptop = { ipBlock: { cidr: '192.168.0.0/16' } };
  expect(policyOf('web', { ...outsiders, 'node-port': [laptop] }).ingress[0].from).toEqual([traefik, laptop]);
});
