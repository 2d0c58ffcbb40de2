import type { Json } from '../../../checker/manifests/manifest';
import { references } from '../../../checker/manifests/references';
import { object } from '../small-environment/blocks';

const X = { name: 'x' };
const named = (manifests: Json[]) =>
  references(manifests)
    .filter(({ name }) => name === 'x')
    .map(({ where, kind, name, namespace, key }) => [where, kind, name, namespace, key]);

const secret = (...path: string[]): Json =>
  path.reduceRight<Json>((inner, field) => ({ [field]: inner }), { name: 'x', key: 'k' });
const claimSpec = {
  storageClassName: 'x',
  volumeName: 'x',
  dataSource: { kind: 'VolumeSnapshot', name: 'x' },
  dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'x', namespace: 'other' },
};
const OWN = 'coped-test';

test.each<
  [kind: string, spec: Json, expected: [path: string, kind: string, namespace?: string, key?: string][]]
>([
  ['StatefulSet', { serviceName: 'x' }, [['spec.serviceName', 'Service']]],
  [
    'StatefulSet',
    { volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claimSpec }] },
    [
      ['spec.volumeClaimTemplates[0].spec.storageClassName', 'StorageClass'],
      ['spec.volumeClaimTemplates[0].spec.volumeName', 'PersistentVolume'],
      ['spec.volumeClaimTemplates[0].spec.dataSource', 'VolumeSnapshot'],
      ['spec.volumeClaimTemplates[0].spec.dataSourceRef', 'PersistentVolumeClaim', 'other'],
    ],
  ],
  [
    'PersistentVolumeClaim',
    claimSpec,
    [
      ['spec.storageClassName', 'StorageClass'],
      ['spec.volumeName', 'PersistentVolume'],
      ['spec.dataSource', 'VolumeSnapshot'],
      ['spec.dataSourceRef', 'PersistentVolumeClaim', 'other'],
    ],
  ],
  [
    'PersistentVolume',
    { storageClassName: 'x', claimRef: { name: 'x', namespace: 'other' } },
    [
      ['spec.storageClassName', 'StorageClass'],
      ['spec.claimRef', 'PersistentVolumeClaim', 'other'],
    ],
  ],
  [
    'HorizontalPodAutoscaler',
    {
      scaleTargetRef: { kind: 'StatefulSet', name: 'x' },
      metrics: [{ object: { describedObject: { kind: 'Ingress', name: 'x' } } }],
    },
    [
      ['spec.scaleTargetRef', 'StatefulSet'],
      ['spec.metrics[0].object.describedObject', 'Ingress'],
    ],
  ],
  [
    'VerticalPodAutoscaler',
    { targetRef: { kind: 'StatefulSet', name: 'x' } },
    [['spec.targetRef', 'StatefulSet']],
  ],
  ['ScaledObject', { scaleTargetRef: X }, [['spec.scaleTargetRef', 'Deployment']]],
  [
    'Ingress',
    {
      ingressClassName: 'x',
      tls: [{ secretName: 'x' }],
      defaultBackend: { resource: { kind: 'Bucket', name: 'x' } },
      rules: [{ http: { paths: [{ backend: { resource: { kind: 'Bucket', name: 'x' } } }] } }],
    },
    [
      ['spec.tls[0].secretName', 'Secret', OWN, 'tls.crt'],
      ['spec.tls[0].secretName', 'Secret', OWN, 'tls.key'],
      ['spec.ingressClassName', 'IngressClass'],
      ['spec.defaultBackend.resource', 'Bucket'],
      ['spec.rules[0].http.paths[0].backend.resource', 'Bucket'],
    ],
  ],
  [
    'Gateway',
    { gatewayClassName: 'x', listeners: [{ tls: { certificateRefs: [X] } }] },
    [
      ['spec.gatewayClassName', 'GatewayClass'],
      ['spec.listeners[0].tls.certificateRefs[x]', 'Secret'],
    ],
  ],
  ...['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'].map((kind): [string, Json, [string, string][]] => [
    kind,
    {
      parentRefs: [X],
      rules: [{ backendRefs: [X], filters: [{ requestMirror: { backendRef: X } }] }],
    },
    [
      ['spec.parentRefs[x]', 'Gateway'],
      ['spec.rules[0].backendRefs[x]', 'Service'],
      ['spec.rules[0].filters[0].requestMirror.backendRef', 'Service'],
    ],
  ]),
  [
    'Certificate',
    {
      issuerRef: X,
      keystores: { jks: secret('passwordSecretRef'), pkcs12: secret('passwordSecretRef') },
    },
    [
      ['spec.issuerRef', 'Issuer'],
      ['spec.keystores.jks.passwordSecretRef', 'Secret', OWN, 'k'],
      ['spec.keystores.pkcs12.passwordSecretRef', 'Secret', OWN, 'k'],
    ],
  ],
  [
    'Issuer',
    {
      ca: { secretName: 'x' },
      vault: { auth: { appRole: secret('secretRef'), ...secret('tokenSecretRef') } },
      venafi: { tpp: secret('credentialsRef'), cloud: secret('apiTokenSecretRef') },
      acme: {
        externalAccountBinding: secret('keySecretRef'),
        solvers: [
          secret('dns01', 'cloudflare', 'apiTokenSecretRef'),
          secret('dns01', 'rfc2136', 'tsigSecretSecretRef'),
          secret('dns01', 'route53', 'secretAccessKeySecretRef'),
        ],
      },
    },
    [
      ['spec.ca.secretName', 'Secret', OWN, 'tls.crt'],
      ['spec.ca.secretName', 'Secret', OWN, 'tls.key'],
      ['spec.vault.auth.appRole.secretRef', 'Secret', OWN, 'k'],
      ['spec.vault.auth.tokenSecretRef', 'Secret', OWN, 'k'],
      ['spec.venafi.tpp.credentialsRef', 'Secret', OWN, 'k'],
      ['spec.venafi.cloud.apiTokenSecretRef', 'Secret', OWN, 'k'],
      ['spec.acme.externalAccountBinding.keySecretRef', 'Secret', OWN, 'k'],
      ['spec.acme.solvers[0].dns01.cloudflare.apiTokenSecretRef', 'Secret', OWN, 'k'],
      ['spec.acme.solvers[1].dns01.rfc2136.tsigSecretSecretRef', 'Secret', OWN, 'k'],
      ['spec.acme.solvers[2].dns01.route53.secretAccessKeySecretRef', 'Secret', OWN, 'k'],
    ],
  ],
  [
    'ExternalSecret',
    {
      secretStoreRef: X,
      data: [{ sourceRef: { storeRef: { kind: 'ClusterSecretStore', name: 'x' } } }],
      dataFrom: [{ sourceRef: { storeRef: X } }],
    },
    [
      ['spec.secretStoreRef', 'SecretStore'],
      ['spec.data[0].sourceRef.storeRef', 'ClusterSecretStore'],
      ['spec.dataFrom[0].sourceRef.storeRef', 'SecretStore'],
    ],
  ],
  [
    'SecretStore',
    {
      provider: {
        kubernetes: { auth: { serviceAccount: X } },
        vault: {
          auth: {
            kubernetes: { serviceAccountRef: X },
            ...secret('tokenSecretRef'),
            appRole: secret('secretRef'),
          },
        },
        aws: {
          auth: { secretRef: { ...secret('accessKeyIDSecretRef'), ...secret('secretAccessKeySecretRef') } },
        },
        gcpsm: secret('auth', 'secretRef', 'secretAccessKeySecretRef'),
      },
    },
    [
      ['spec.provider.kubernetes.auth.serviceAccount', 'ServiceAccount'],
      ['spec.provider.vault.auth.kubernetes.serviceAccountRef', 'ServiceAccount'],
      ['spec.provider.vault.auth.tokenSecretRef', 'Secret', OWN, 'k'],
      ['spec.provider.vault.auth.appRole.secretRef', 'Secret', OWN, 'k'],
      ['spec.provider.aws.auth.secretRef.accessKeyIDSecretRef', 'Secret', OWN, 'k'],
      ['spec.provider.aws.auth.secretRef.secretAccessKeySecretRef', 'Secret', OWN, 'k'],
      ['spec.provider.gcpsm.auth.secretRef.secretAccessKeySecretRef', 'Secret', OWN, 'k'],
    ],
  ],
])('knows whom a %s names', (kind, spec, expected) => {
  expect(named([object('v1', kind, 'o', { spec })])).toEqual(
    expected.map(([path, target, namespace = OWN, key]) => [
      `${kind}/o ${path}`,
      target,
      'x',
      namespace,
      key,
    ]),
  );
});
