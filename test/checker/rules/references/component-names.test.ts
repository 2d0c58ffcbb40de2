import { componentNames } from '../../../../checker/rules/one-field';
import { broken, found, withMore } from '../../fixture';

test('finds an object that is not called like its component', () => {
  const subject = broken('Deployment/web', (web) => {
    web.metadata.name = 'web-2';
    web.metadata.labels = { 'app.kubernetes.io/component': 'web' };
  });
  expect(found(componentNames, subject)).toEqual([
    ['Deployment/web-2 metadata.name', 'web-2', 'is not the name of its component, web'],
  ]);
});

test.each([
  ['migrate-0123456789', []],
  ['migrate-1', [['Job/migrate-1 metadata.name', 'migrate-1', 'is not the name of its component, migrate']]],
])('a Job called %s', (name, findings) => {
  const subject = withMore(['batch/v1', 'Job', name, {}]);
  Object.assign(subject.manifests.at(-1)?.metadata ?? {}, {
    labels: { 'app.kubernetes.io/component': 'migrate' },
  });
  expect(found(componentNames, subject)).toEqual(findings);
});

test('a component may have several Services and configurations', () => {
  const subject = withMore(['v1', 'Service', 'web-metrics', {}]);
  Object.assign(subject.manifests.at(-1)?.metadata ?? {}, {
    labels: { 'app.kubernetes.io/component': 'web' },
  });
  expect(found(componentNames, subject)).toEqual([]);
});
