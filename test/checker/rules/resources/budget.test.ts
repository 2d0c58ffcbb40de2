import { budget } from '../../../../checker/rules/resources/budget';
import { broken, found, good, main } from '../../fixture';

test('refuses more than there is', () => {
  const subject = { ...good(), budget: { cpu: '699m', memory: '895Mi' } };
  expect(found(budget, subject)).toEqual([
    ['budget cpu', '699m', 'is less than all requests together, 0.7'],
    ['budget memory', '895Mi', 'is less than all requests together, 896Mi'],
  ]);
  expect(budget.find(subject)[0]?.remedy).toBe(
    'Lower requests or raise the budget; the largest are StatefulSet/elasticsearch 0.3, Deployment/web 0.2, StatefulSet/postgres 0.1',
  );
});

test('counts every replica, the least that an autoscaler keeps, and Jobs', () => {
  const more = broken('HorizontalPodAutoscaler/web', ({ spec }) => {
    spec.minReplicas = 3;
  });
  expect(found(budget, more)).toHaveLength(1);
  const larger = broken('Job/postgres-bootstrap', (job) => {
    main(job).resources.requests.cpu = '101m';
  });
  expect(found(budget, larger)).toHaveLength(1);
});

test('does not count CronJobs', () => {
  const larger = broken('CronJob/backup', (job) => {
    main(job).resources.requests.cpu = '10';
  });
  expect(found(budget, larger)).toEqual([]);
});
