import { containers, workloads } from '../../../checker/manifests/workloads';
import { good } from '../fixture';

test('finds everything that makes pods, and where their spec is', () => {
  expect(workloads(good().manifests).map(({ podPath }) => podPath)).toEqual([
    'StatefulSet/postgres spec.template.spec',
    'Job/postgres-bootstrap spec.template.spec',
    'CronJob/backup spec.jobTemplate.spec.template.spec',
    'StatefulSet/elasticsearch spec.template.spec',
    'Deployment/web spec.template.spec',
  ]);
});

test('takes a bare pod for its own template', () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'x', labels: { app: 'x' } },
    spec: { containers: [{ name: 'main' }] },
  };
  expect(workloads([pod])).toMatchObject([{ podPath: 'Pod/x spec', labels: { app: 'x' }, serves: false }]);
  expect(workloads([pod]).flatMap(containers)).toEqual([
    { path: 'Pod/x spec.containers[main]', spec: { name: 'main' }, init: false },
  ]);
});

test('leaves the selector of a Job to Kubernetes', () => {
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'x' },
    spec: { selector: { matchLabels: { a: 'b' } }, template: { spec: {} } },
  };
  expect(workloads([job])[0]?.selector).toBeUndefined();
  expect(workloads(good().manifests).filter(({ selector }) => selector)).toHaveLength(3);
});
