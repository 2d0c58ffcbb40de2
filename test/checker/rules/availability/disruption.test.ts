import { disruption } from '../../../../checker/rules/availability/disruption';
import { broken, found, withMore } from '../../fixture';

const BLOCKS = 'never lets a pod of Deployment/web go, so no node it runs on can be drained';

test.each([
  ['maxUnavailable', 0],
  ['maxUnavailable', '0%'],
  ['minAvailable', 2],
  ['minAvailable', '100%'],
  ['minAvailable', '51%'],
])('refuses a budget with %s %j that blocks drains', (field, value) => {
  const subject = broken('PodDisruptionBudget/web', ({ spec }) => {
    delete spec.maxUnavailable;
    spec[field] = value;
  });
  expect(found(disruption, subject)).toEqual([[`PodDisruptionBudget/web spec.${field}`, value, BLOCKS]]);
});

test.each([
  ['maxUnavailable', '1%'],
  ['minAvailable', 1],
  ['minAvailable', '50%'],
])('accepts a budget with %s %j', (field, value) => {
  const subject = broken('PodDisruptionBudget/web', ({ spec }) => {
    delete spec.maxUnavailable;
    spec[field] = value;
  });
  expect(found(disruption, subject)).toEqual([]);
});

test('counts the least that an autoscaler keeps', () => {
  const atLeast = (minReplicas: number) => {
    const subject = broken('HorizontalPodAutoscaler/web', ({ spec }) => {
      spec.minReplicas = minReplicas;
    });
    const budget = subject.manifests.find(
      ({ kind, metadata }) => kind === 'PodDisruptionBudget' && metadata.name === 'web',
    );
    if (budget) Object.assign(budget.spec, { maxUnavailable: undefined, minAvailable: 2 });
    return found(disruption, subject);
  };
  expect(atLeast(2)).toHaveLength(1);
  expect(atLeast(3)).toEqual([]);
});

test.each([
  [undefined, 'is missing, so pods that crash block a drain'],
  ['IfHealthyBudget', 'lets pods that crash block a drain'],
])('refuses to keep broken pods: %j', (policy, wrong) => {
  const subject = broken('PodDisruptionBudget/web', ({ spec }) => {
    spec.unhealthyPodEvictionPolicy = policy;
  });
  expect(found(disruption, subject)).toEqual([
    ['PodDisruptionBudget/web spec.unhealthyPodEvictionPolicy', policy, wrong],
  ]);
});

test('refuses a second budget of the same pods', () => {
  const spec = (selector?: object) => ({
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector },
  });
  const selector = { matchLabels: { 'app.kubernetes.io/component': 'web' } };
  const twice = withMore(['policy/v1', 'PodDisruptionBudget', 'again', spec(selector)]);
  expect(found(disruption, twice)).toEqual([
    [
      'PodDisruptionBudget/again spec.selector',
      selector,
      'selects the pods of Deployment/web, as PodDisruptionBudget/web does: they can never be evicted',
    ],
  ]);
  const nobody = withMore(['policy/v1', 'PodDisruptionBudget', 'nobody', spec()]);
  expect(found(disruption, nobody)).toEqual([]);
  const everybody = withMore(['policy/v1', 'PodDisruptionBudget', 'all', spec({})]);
  expect(found(disruption, everybody)).toHaveLength(2);
});
