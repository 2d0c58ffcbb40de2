import { selectors } from '../../../../checker/rules/references/selectors';
import { broken, found, withMore } from '../../fixture';

const nobody = { 'app.kubernetes.io/component': 'wep' };
const NOBODY = 'selects no pod of this environment';

test('refuses a workload that does not select its own pods', () => {
  const subject = broken('Deployment/web', (web) => {
    web.spec.selector = { matchLabels: nobody };
  });
  expect(found(selectors, subject)).toEqual([
    ['Deployment/web spec.selector', { matchLabels: nobody }, 'does not select the pods of its own template'],
  ]);
});

test('refuses a workload that selects the pods of another, Jobs included', () => {
  const matchLabels = { 'app.kubernetes.io/part-of': 'coped' };
  const subject = broken('Deployment/web', (web) => {
    web.spec.selector = { matchLabels };
  });
  expect(found(selectors, subject)).toContainEqual([
    'Deployment/web spec.selector',
    { matchLabels },
    'selects the pods of Job/postgres-bootstrap as well',
  ]);
  expect(found(selectors, subject)).toHaveLength(4);
});

test('refuses a Service that selects nobody', () => {
  const subject = broken('Service/web', (service) => {
    service.spec.selector = nobody;
  });
  expect(found(selectors, subject)).toEqual([['Service/web spec.selector', { matchLabels: nobody }, NOBODY]]);
});

test('refuses a Service that mixes components', () => {
  const everybody = { 'app.kubernetes.io/part-of': 'coped' };
  const subject = broken('Service/web', (service) => {
    service.spec.selector = everybody;
  });
  expect(found(selectors, subject)[0]?.[2]).toMatch(/^mixes the pods of StatefulSet\/postgres and Job/);
});

test('accepts a Service that points outside the cluster', () => {
  const external = { spec: { type: 'ExternalName', externalName: 'db.example.org' } };
  expect(found(selectors, withMore(['v1', 'Service', 'outside', external]))).toEqual([]);
});

test('refuses a disruption budget that selects nobody', () => {
  const subject = broken('PodDisruptionBudget/web', (budget) => {
    budget.spec.selector = { matchLabels: nobody };
  });
  expect(found(selectors, subject)).toEqual([
    ['PodDisruptionBudget/web spec.selector', { matchLabels: nobody }, NOBODY],
  ]);
});

test('refuses to spread pods by the labels of others', () => {
  const labelSelector = { matchLabels: { 'app.kubernetes.io/component': 'postgres' } };
  const subject = broken('Deployment/web', (web) => {
    web.spec.template.spec.topologySpreadConstraints[0].labelSelector = labelSelector;
  });
  expect(found(selectors, subject)).toEqual([
    [
      'Deployment/web spec.template.spec.topologySpreadConstraints[0].labelSelector',
      labelSelector,
      'does not select the pod that it is to spread',
    ],
  ]);
});

test('refuses affinity to nobody', () => {
  const term = { labelSelector: { matchLabels: nobody }, topologyKey: 'kubernetes.io/hostname' };
  const subject = broken('Deployment/web', (web) => {
    web.spec.template.spec.affinity = {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term }],
      },
    };
  });
  expect(found(selectors, subject)).toEqual([
    ['Deployment/web spec.template.spec.affinity.podAntiAffinity', term.labelSelector, NOBODY],
  ]);
});

test('looks for pods in the namespace of whoever selects them', () => {
  const subject = broken('Service/web', ({ metadata }) => {
    metadata.namespace = 'elsewhere';
  });
  expect(found(selectors, subject)).toEqual([
    ['Service/web spec.selector', { matchLabels: expect.anything() }, NOBODY],
  ]);
});

test('an empty selector points a Service outside the cluster, and a missing one makes a budget useless', () => {
  const empty = broken('Service/web', ({ spec }) => {
    spec.selector = {};
  });
  expect(found(selectors, empty)).toEqual([]);
  const missing = broken('PodDisruptionBudget/web', ({ spec }) => {
    delete spec.selector;
  });
  expect(found(selectors, missing)).toEqual([['PodDisruptionBudget/web spec.selector', undefined, NOBODY]]);
});

test('accepts affinity to pods of other namespaces, of which nothing is known here', () => {
  const subject = broken('Deployment/web', (web) => {
    web.spec.template.spec.affinity = {
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          {
            labelSelector: { matchLabels: nobody },
            namespaceSelector: {},
            topologyKey: 'kubernetes.io/hostname',
          },
        ],
      },
    };
  });
  expect(found(selectors, subject)).toEqual([]);
});

test('finds a Service that has taken the pods of another component', () => {
  const subject = broken('Service/web', ({ metadata, spec }) => {
    metadata.labels = { 'app.kubernetes.io/component': 'web' };
    spec.selector = { 'app.kubernetes.io/component': 'postgres' };
  });
  expect(found(selectors, subject)).toEqual([
    [
      'Service/web spec.selector',
      { 'app.kubernetes.io/component': 'postgres' },
      'selects the pods of postgres, and the Service belongs to web',
    ],
  ]);
});
