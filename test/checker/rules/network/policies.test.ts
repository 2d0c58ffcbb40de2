import { policies } from '../../../../checker/rules/network/policies';
import { broken, found, withMore, without } from '../../fixture';

const OPEN = (type: string) =>
  `does not deny ${type}: a pod without a policy of its own is open in that direction`;
const DENY = 'NetworkPolicy/default-deny spec.policyTypes';

test('misses a default that denies', () => {
  expect(found(policies, without('NetworkPolicy/default-deny'))).toEqual([
    [DENY, 'coped-test', OPEN('Ingress')],
    [DENY, 'coped-test', OPEN('Egress')],
  ]);
});

test('misses the other direction', () => {
  const subject = broken('NetworkPolicy/default-deny', ({ spec }) => {
    spec.policyTypes = ['Ingress'];
  });
  expect(found(policies, subject)).toEqual([[DENY, 'coped-test', OPEN('Egress')]]);
});

test('does not take a rule that allows everybody for a denial', () => {
  const subject = broken('NetworkPolicy/default-deny', ({ spec }) => {
    spec.ingress = [{}];
  });
  expect(found(policies, subject)).toEqual([[DENY, 'coped-test', OPEN('Ingress')]]);
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

test('a policy of another namespace is about nobody here, and denies nothing here', () => {
  const elsewhere = (name: string) =>
    broken(`NetworkPolicy/${name}`, ({ metadata }) => {
      metadata.namespace = 'elsewhere';
    });
  expect(found(policies, elsewhere('default-deny')).map(([, value]) => value)).toEqual([
    'coped-test',
    'coped-test',
  ]);
  expect(found(policies, elsewhere('web')).map(([where]) => where)).toEqual([
    'NetworkPolicy/web spec.podSelector',
    'Deployment/web pod labels',
  ]);
});

test('policy types may be left out where the API server fills them in', () => {
  const subject = broken('NetworkPolicy/default-deny', ({ spec }) => {
    delete spec.policyTypes;
  });
  expect(found(policies, subject)).toEqual([[DENY, 'coped-test', OPEN('Egress')]]);
});
