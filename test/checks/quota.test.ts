import { quota } from '../../lib/checks/quota';
import { broken, found, main, without } from './fixture';

test('misses a quota', () => {
  expect(found(quota, without('ResourceQuota/quota'))).toEqual([
    ['ResourceQuota', undefined, 'is missing, so one mistake may take the whole cluster'],
  ]);
});

test.each([
  ['pods', '10', '11'],
  ['requests.cpu', '1099m', '1.1'],
  ['cpu', '1', '1.1'],
  ['requests.memory', '1407Mi', '1408Mi'],
  ['limits.memory', '2815Mi', '2816Mi'],
  ['requests.ephemeral-storage', '703Mi', '704Mi'],
  ['limits.ephemeral-storage', '2815Mi', '2816Mi'],
  ['requests.storage', '119Gi', '122880Mi'],
  ['persistentvolumeclaims', '4', '5'],
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

test('leaves keys alone that are about something else', () => {
  const subject = broken('ResourceQuota/quota', ({ spec }) => {
    spec.hard = { 'count/secrets': '1' };
  });
  expect(found(quota, subject)).toEqual([]);
});
