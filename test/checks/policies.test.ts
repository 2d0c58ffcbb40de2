import { policies } from '../../lib/checks/policies';
import { broken, found, withMore, without } from './fixture';

const OPEN = (type: string) =>
  `does not deny ${type}: a pod without a policy of its own is open in that direction`;
const DENY = 'NetworkPolicy/default-deny spec.policyTypes';

test('misses a default that denies', () => {
  expect(found(policies, without('NetworkPolicy/default-deny'))).toEqual([
    [DENY, undefined, OPEN('Ingress')],
    [DENY, undefined, OPEN('Egress')],
  ]);
});

test('misses the other direction', () => {
  const subject = broken('NetworkPolicy/default-deny', ({ spec }) => {
    spec.policyTypes = ['Ingress'];
  });
  expect(found(policies, subject)).toEqual([[DENY, undefined, OPEN('Egress')]]);
});

test('does not take a rule that allows everybody for a denial', () => {
  const subject = broken('NetworkPolicy/default-deny', ({ spec }) => {
    spec.ingress = [{}];
  });
  expect(found(policies, subject)).toEqual([[DENY, undefined, OPEN('Ingress')]]);
});

test('refuses a policy about nobody', () => {
  const podSelector = { matchLabels: { 'app.kubernetes.io/component': 'wep' } };
  const subject = withMore(['networking.k8s.io/v1', 'NetworkPolicy', 'wep', { spec: { podSelector } }]);
  expect(found(policies, subject)).toEqual([
    ['NetworkPolicy/wep spec.podSelector', podSelector, 'selects no pod of this environment'],
  ]);
});

test.each([
  'web',
  'postgres-bootstrap',
  'backup',
])('refuses pods without a policy of their own: %s', (component) => {
  const [finding, ...more] = found(policies, without(`NetworkPolicy/${component}`));
  expect(finding?.[2]).toBe('is selected by no policy of its own');
  expect(finding?.[1]).toMatchObject({ 'app.kubernetes.io/component': component });
  expect(more).toEqual([]);
});

test('refuses blocks that are no range of addresses', () => {
  const subject = broken('NetworkPolicy/web', ({ spec }) => {
    spec.ingress[0].from.push({ ipBlock: { cidr: '172.18.0.2', except: ['172.18.0.0/33'] } });
  });
  expect(found(policies, subject)).toEqual([
    ['NetworkPolicy/web spec ipBlock', '172.18.0.2', 'is not a range of addresses'],
    ['NetworkPolicy/web spec ipBlock', '172.18.0.0/33', 'is not a range of addresses'],
  ]);
});
