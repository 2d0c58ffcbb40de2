import type { Json } from '../../../../checker/manifests/manifest';
import { quota } from '../../../../checker/rules/resources/quota';
import { broken, found, main, without } from '../../fixture';

test('misses a quota', () => {
  expect(found(quota, without('ResourceQuota/quota'))).toEqual([
    ['ResourceQuota', undefined, 'is missing, so one mistake may take the whole cluster'],
  ]);
});

test('refuses a quota that limits nothing', () => {
  const subject = broken('ResourceQuota/quota', ({ spec }) => {
    spec.hard = {};
  });
  expect(found(quota, subject)).toEqual([['ResourceQuota/quota spec.hard', undefined, 'limits nothing']]);
});

test.each([
  ['pods', '12', '13'],
  ['requests.cpu', '1299m', '1.3'],
  ['cpu', '1', '1.3'],
  ['requests.memory', '1663Mi', '1664Mi'],
  ['limits.memory', '3327Mi', '3328Mi'],
  ['requests.ephemeral-storage', '831Mi', '832Mi'],
  ['limits.ephemeral-storage', '3327Mi', '3328Mi'],
  ['requests.storage', '119Gi', '122880Mi'],
  ['persistentvolumeclaims', '4', '5'],
  ['fast.storageclass.storage.k8s.io/requests.storage', '89Gi', '92160Mi'],
  ['fast.storageclass.storage.k8s.io/persistentvolumeclaims', '2', '3'],
  ['services', '2', '3'],
  ['count/services', '2', '3'],
  ['services.nodeports', '-1', '0'],
  ['services.loadbalancers', '-1', '0'],
  // Those in the cluster and those that cert-manager makes; the root certificate; the account named default.
  ['secrets', '3', '4'],
  ['count/configmaps', '1', '2'],
  ['count/serviceaccounts', '5', '6'],
  ['count/deployments.apps', '0', '1'],
  ['count/statefulsets.apps', '1', '2'],
  ['count/cronjobs.batch', '0', '1'],
  // One of the release; of the CronJob one that runs, three that went well and one that did not.
  ['count/jobs.batch', '5', '6'],
])('refuses %s: %s, when it takes %s', (key, value, needed) => {
  const subject = broken('ResourceQuota/quota', ({ spec }) => {
    spec.hard = { [key]: value };
  });
  expect(found(quota, subject)).toEqual([
    [`ResourceQuota/quota spec.hard[${key}]`, value, `is too small for the largest moment, ${needed}`],
  ]);
});

test('counts CronJobs and rolling updates', () => {
  const larger = broken('CronJob/backup', (job) => {
    main(job).resources.limits.memory = '257Mi';
  });
  expect(found(quota, larger)).toHaveLength(1);
  const surge = broken('Deployment/web', ({ spec }) => {
    spec.strategy = { rollingUpdate: { maxSurge: 2 } };
  });
  expect(found(quota, surge).map(([where]) => where)).toContain('ResourceQuota/quota spec.hard[pods]');
});

test('counts what is opened on every machine', () => {
  const subject = broken('Service/web', ({ spec }) => {
    spec.type = 'LoadBalancer';
  });
  const object = subject.manifests.find(({ kind }) => kind === 'ResourceQuota');
  if (object) object.spec.hard = { 'services.nodeports': '0', 'services.loadbalancers': '0' };
  expect(found(quota, subject)).toHaveLength(2);
});

test('leaves keys alone that are about something else', () => {
  const subject = broken('ResourceQuota/quota', ({ spec }) => {
    spec.hard = { 'count/events': '0', resourcequotas: '0' };
  });
  expect(found(quota, subject)).toEqual([]);
});

test('counts only the pods of its scopes', () => {
  const podsIn = (scoped: Json) => {
    const subject = broken('ResourceQuota/quota', ({ spec }) => {
      Object.assign(spec, scoped, { hard: { pods: '0' } });
    });
    const job = subject.manifests.find(({ kind }) => kind === 'Job');
    Object.assign(job?.spec.template.spec, { activeDeadlineSeconds: 60, priorityClassName: 'low' });
    return found(quota, subject).map(([, , wrong]) => wrong.replace(/.*, /, ''));
  };
  const priority = (operator: string, values?: string[]) =>
    podsIn({
      scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator, values }] },
    });
  expect(podsIn({ scopes: ['Terminating'] })).toEqual(['1']);
  expect(podsIn({ scopes: ['NotTerminating'] })).toEqual(['12']);
  expect(podsIn({ scopes: ['BestEffort'] })).toEqual([]);
  expect(podsIn({ scopes: ['NotBestEffort', 'Terminating'] })).toEqual(['1']);
  expect(priority('In', ['low', 'lower'])).toEqual(['1']);
  expect(priority('NotIn', ['low'])).toEqual(['12']);
  expect(priority('Exists')).toEqual(['1']);
  expect(priority('DoesNotExist')).toEqual(['12']);
});

test.each([undefined, 'Allow'])('refuses runs that pile up: %j', (policy) => {
  const subject = broken('CronJob/backup', ({ spec }) => {
    spec.concurrencyPolicy = policy;
  });
  expect(found(quota, subject)).toEqual([
    ['CronJob/backup spec.concurrencyPolicy', policy, 'lets slow runs pile up, so no quota is large enough'],
  ]);
});
