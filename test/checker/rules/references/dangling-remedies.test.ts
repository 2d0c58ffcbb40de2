import { dangling } from '../../../../checker/rules/references/dangling';
import { broken, main } from '../../fixture';

test('names the keys there are', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).env = [{ name: 'E', valueFrom: { configMapKeyRef: { name: 'web', key: 'k' } } }];
  });
  expect(dangling.find(subject)[0]?.remedy).toBe('Use one of: LOG_LEVEL, SQL_HOST, SQL_PASSWORD_FILE');
});

test.each([
  ['ConfigMap', { configMapRef: { name: 'x' } }, 'Correct the name, or emit the object'],
  [
    'Secret',
    { secretRef: { name: 'x' } },
    'Correct the name, emit the object, or list the Secret among those expected in the cluster',
  ],
])('says how to provide a %s', (_, source, remedy) => {
  const subject = broken('Deployment/web', (web) => {
    main(web).envFrom = [source];
  });
  expect(dangling.find(subject).map((finding) => finding.remedy)).toEqual([remedy]);
});

test('says which volumes and keys there are, if any', () => {
  const subject = broken('Job/postgres-bootstrap', (job) => {
    job.spec.template.spec.volumes = [];
  });
  expect(dangling.find(subject)[0]?.remedy).toBe('Use one of: none, the pod has no volumes');

  const empty = broken('ConfigMap/web', (map) => {
    delete map.data;
  });
  main(empty.manifests.find(({ kind }) => kind === 'Deployment')).env = [
    { name: 'E', valueFrom: { configMapKeyRef: { name: 'web', key: 'k' } } },
  ];
  expect(dangling.find(empty)[0]?.remedy).toBe('Put the key into it: it is empty');
});
