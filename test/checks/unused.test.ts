import { unused } from '../../lib/checks/unused';
import { broken, found, main, withMore } from './fixture';

test.each([
  'ConfigMap',
  'Secret',
  'ServiceAccount',
  'PersistentVolumeClaim',
])('finds a %s nobody uses', (kind) => {
  expect(found(unused, withMore(['v1', kind, 'x', {}]))).toEqual([
    [`${kind}/x`, undefined, 'is used by nobody'],
  ]);
});

test('finds a Certificate whose Secret nobody uses', () => {
  const subject = withMore(['cert-manager.io/v1', 'Certificate', 'x', { spec: { secretName: 'x-tls' } }]);
  expect(found(unused, subject)).toEqual([['Certificate/x spec.secretName', 'x-tls', 'is used by nobody']]);
});

test('finds a volume nobody mounts', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).volumeMounts = [];
  });
  expect(found(unused, subject)).toEqual([
    ['Deployment/web spec.template.spec.volumes[secrets]', 'secrets', 'is a volume that no container mounts'],
  ]);
});

test('finds a claim of a StatefulSet that nobody mounts', () => {
  const subject = broken('StatefulSet/postgres', (postgres) => {
    main(postgres).volumeMounts = [];
  });
  expect(found(unused, subject)).toEqual([
    ['StatefulSet/postgres spec.template.spec.volumes[data]', 'data', 'is a volume that no container mounts'],
  ]);
});
