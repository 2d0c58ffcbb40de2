import type { Json } from '../../../checker/manifests/manifest';
import { dangling } from '../../../checker/rules/references/dangling';
import { broken, found, good, main, withMore } from '../fixture';
import { object } from '../small-environment/blocks';

test('an object in another namespace is not found, and the finding says where it is', () => {
  const subject = broken('ConfigMap/web', (map) => {
    map.metadata.namespace = 'other';
  });
  const [finding, ...more] = dangling.find(subject);
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    value: 'web',
    wrong: 'names a ConfigMap that does not exist in this namespace',
    remedy: expect.stringContaining('this one is in other'),
  });
});

test.each([
  'a namespace that kubectl gives',
  'a namespace of somebody else',
])('does not judge %s', (reason) => {
  const namespace = reason.includes('kubectl') ? undefined : 'monitoring';
  const subjects = [{ kind: 'ServiceAccount', name: namespace ? 'x' : 'web', namespace }];
  const subject = withMore(['rbac.authorization.k8s.io/v1', 'RoleBinding', 'r', { subjects }]);
  expect(found(dangling, subject)).toEqual([]);
});

test("does not judge the cluster's own namespaces: there is more in them than what is emitted", () => {
  const metadata = { name: 'r', namespace: 'kube-system' };
  const roleRef = { kind: 'Role', name: 'extension-apiserver-authentication-reader' };
  const subject = withMore(['rbac.authorization.k8s.io/v1', 'RoleBinding', 'r', { metadata, roleRef }]);
  expect(found(dangling, subject)).toEqual([]);
});

test('an object without a namespace is found from any', () => {
  const subject = broken('ConfigMap/web', (map) => {
    delete map.metadata.namespace;
  });
  expect(found(dangling, subject)).toEqual([]);
});

test.each([
  'StorageClass',
  'PersistentVolume',
  'VolumeSnapshot',
])('does not judge a %s: it is made elsewhere', (kind) => {
  const subject = broken('PersistentVolumeClaim/backup', (claim) => {
    claim.spec.dataSourceRef = { kind, name: 'x' };
  });
  expect(found(dangling, subject)).toEqual([]);
});

test('knows the claims of a StatefulSet, one for each pod', () => {
  const mount = (claimName: string) =>
    found(
      dangling,
      broken('CronJob/backup', (job) => {
        job.spec.jobTemplate.spec.template.spec.volumes[0].persistentVolumeClaim.claimName = claimName;
      }),
    );
  expect(mount('data-elasticsearch-2')).toEqual([]);
  expect(mount('data-elasticsearch-3')).toHaveLength(1);
});

test.each<[apiVersion: string, kind: string, fields: Json]>([
  ['bitnami.com/v1alpha1', 'SealedSecret', { spec: { encryptedData: { k: '' } } }],
  [
    'secrets-store.csi.x-k8s.io/v1',
    'SecretProviderClass',
    { spec: { secretObjects: [{ secretName: 'x', data: [{ key: 'k' }] }] } },
  ],
])('knows the keys that a %s %s leads to', (apiVersion, kind, fields) => {
  const refer = (key: string) => {
    const subject = withMore(
      [apiVersion, kind, 'x', fields],
      [
        'v1',
        'Pod',
        'p',
        {
          spec: {
            containers: [
              { name: 'c', env: [{ name: 'E', valueFrom: { secretKeyRef: { name: 'x', key } } }] },
            ],
          },
        },
      ],
    );
    return found(dangling, subject);
  };
  expect(refer('k')).toEqual([]);
  expect(refer('other')).toHaveLength(1);
});

test.each([
  'issuer',
  'cluster-issuer',
])('knows the certificate that an Ingress asks for by cert-manager.io/%s', (by) => {
  const subject = broken('Ingress/coped', (ingress) => {
    ingress.metadata.annotations = { [`cert-manager.io/${by}`]: 'self-signed' };
    ingress.spec.tls[0].secretName = 'made';
  });
  expect(found(dangling, subject)).toEqual([]);
});

test('knows the ConfigMap that every namespace has', () => {
  const subject = broken('Deployment/web', (web) => {
    web.spec.template.spec.volumes[0].projected.sources.push({
      configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] },
    });
  });
  expect(found(dangling, subject)).toEqual([]);
});

test('survives objects that are not what they should be', () => {
  const odd: Json[] = [null, undefined, 'text', 7, {}, [], [null], [{}], [{ name: null }]];
  for (const { kind } of good().manifests) {
    for (const value of odd) {
      const manifest: Json = object('v1', kind, 'o', {});
      Object.assign(manifest, { roleRef: value, subjects: value, imagePullSecrets: value, webhooks: value });
      manifest.spec = { tls: value, serviceName: value, scaleTargetRef: value, issuerRef: value, ca: value };
      expect(() => dangling.find({ ...good(), manifests: [manifest] })).not.toThrow();
    }
  }
});

test.each([
  'keystores',
  'additionalOutputFormats',
])('does not guess what %s add to a certificate', (field) => {
  const subject = broken('Certificate/elasticsearch', (certificate) => {
    certificate.spec[field] = {};
  });
  main(subject.manifests.find(({ kind }) => kind === 'Deployment')).env.push({
    name: 'E',
    valueFrom: { secretKeyRef: { name: 'elasticsearch-tls', key: 'keystore.jks' } },
  });
  expect(found(dangling, subject)).toEqual([]);
});

test.each<[kind: string, spec: Json]>([
  ['ExternalSecret', { data: 7 }],
  ['SecretProviderClass', { secretObjects: 7 }],
  ['SecretProviderClass', { secretObjects: [null, { data: 7 }] }],
  ['SealedSecret', { encryptedData: 7 }],
  ['Certificate', { secretName: [] }],
])('survives %s with %j', (kind, spec) => {
  expect(() => dangling.find(withMore(['example.org/v1', kind, 'x', { spec }]))).not.toThrow();
});
