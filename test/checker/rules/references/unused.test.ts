import type { Json } from '../../../../checker/manifests/manifest';
import { unused } from '../../../../checker/rules/references/unused';
import { broken, found, good, main, withMore } from '../../fixture';

test.each([
  'ConfigMap',
  'Issuer',
  'PersistentVolumeClaim',
  'ResourceClaimTemplate',
  'Role',
  'Secret',
  'SecretProviderClass',
  'SecretStore',
  'ServiceAccount',
])('finds a %s nobody uses', (kind) => {
  expect(found(unused, withMore(['v1', kind, 'x', {}]))).toEqual([
    [`${kind}/x`, undefined, 'is used by nobody'],
  ]);
});

test('a Certificate without a Secret makes none', () => {
  expect(found(unused, withMore(['cert-manager.io/v1', 'Certificate', 'x', { spec: {} }]))).toEqual([]);
});

test('whoever takes all takes each key, whatever others take', () => {
  const data = { a: '', b: '' };
  const one = { name: 'E', valueFrom: { configMapKeyRef: { name: 'x', key: 'a' } } };
  const containers = [{ name: 'c', env: [one], envFrom: [{ configMapRef: { name: 'x' } }] }];
  const subject = withMore(['v1', 'ConfigMap', 'x', { data }], ['v1', 'Pod', 'p', { spec: { containers } }]);
  expect(found(unused, subject)).toEqual([]);
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

test.each<[apiVersion: string, kind: string, spec: Json]>([
  ['external-secrets.io/v1', 'ExternalSecret', {}],
  ['bitnami.com/v1alpha1', 'SealedSecret', {}],
  ['secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', { secretObjects: [{ secretName: 'made' }] }],
])('finds a Secret that nobody uses, made by %s %s', (apiVersion, kind, spec) => {
  const wrongs = found(unused, withMore([apiVersion, kind, 'made', { spec }]));
  expect(wrongs).toContainEqual([`${kind}/made`, expect.anything(), 'is used by nobody']);
});

test('what is used in another namespace alone is used by nobody', () => {
  const subject = withMore(['v1', 'ConfigMap', 'x', { metadata: { name: 'x', namespace: 'other' } }]);
  main(subject.manifests.find(({ kind }) => kind === 'Deployment')).envFrom.push({
    configMapRef: { name: 'x' },
  });
  expect(found(unused, subject)).toEqual([['ConfigMap/x', undefined, 'is used by nobody']]);
});

const KEYS = { a: '', b: '' };

test.each<[kind: string, fields: Json, source: (key?: string) => Json]>([
  [
    'ConfigMap',
    { data: KEYS },
    (key) => ({ env: [{ name: 'E', valueFrom: { configMapKeyRef: { name: 'x', key } } }] }),
  ],
  [
    'Secret',
    { data: KEYS },
    (key) => ({ env: [{ name: 'E', valueFrom: { secretKeyRef: { name: 'x', key } } }] }),
  ],
  ['Secret', { stringData: KEYS }, () => ({ envFrom: [{ secretRef: { name: 'x' } }] })],
])('finds a key of a %s that nobody uses', (kind, fields, source) => {
  const using = (key: string) =>
    withMore(
      ['v1', kind, 'x', fields],
      ['v1', 'Pod', 'p', { spec: { containers: [{ name: 'c', ...source(key) }] } }],
    );
  const whole = source('a').envFrom !== undefined;
  expect(found(unused, using('a'))).toEqual(
    whole ? [] : [[`${kind}/x`, 'b', `is a key of ${kind}/x that nobody uses`]],
  );
});

test('finds Secrets and keys that are expected in the cluster and that nobody uses', () => {
  const { externalSecrets, ...rest } = good();
  const subject = {
    ...rest,
    externalSecrets: { ...externalSecrets, 'postgres-superuser': ['password', 'user'], x: ['k'] },
  };
  expect(found(unused, subject)).toEqual([
    ['Secret/postgres-superuser', 'user', 'is a key of Secret/postgres-superuser that nobody uses'],
    ['Secret/x', undefined, 'is used by nobody'],
  ]);
});

test('does not ask who needs each key that a controller writes anyway', () => {
  const subject = broken('StatefulSet/elasticsearch', ({ spec }) => {
    spec.template.spec.volumes[0].secret.items = [{ key: 'ca.crt', path: 'ca.crt' }];
  });
  expect(found(unused, subject)).toEqual([]);
});

test('leaves the account alone that every namespace has', () => {
  expect(found(unused, withMore(['v1', 'ServiceAccount', 'default', {}]))).toEqual([]);
});
