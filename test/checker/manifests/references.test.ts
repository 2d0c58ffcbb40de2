import type { Json } from '../../../checker/manifests/manifest';
import { references } from '../../../checker/manifests/references';
import { object } from '../small-environment/blocks';

const X = { name: 'x' };

test.each<[kind: string, fields: Json, path: string, target: string]>([
  ['APIService', { spec: { service: { name: 'x', namespace: 'other' } } }, 'spec.service', 'Service'],
  [
    'CustomResourceDefinition',
    { spec: { conversion: { webhook: { clientConfig: { service: X } } } } },
    'spec.conversion.webhook.clientConfig.service',
    'Service',
  ],
  [
    'VolumeSnapshot',
    { spec: { source: { persistentVolumeClaimName: 'x' } } },
    'spec.source.persistentVolumeClaimName',
    'PersistentVolumeClaim',
  ],
  ['ServiceAccount', { imagePullSecrets: [X] }, 'imagePullSecrets[x]', 'Secret'],
  ['ServiceAccount', { secrets: [X] }, 'secrets[x]', 'Secret'],
  ['RoleBinding', { roleRef: { kind: 'ClusterRole', name: 'x' } }, 'roleRef', 'ClusterRole'],
  ['RoleBinding', { subjects: [{ kind: 'ServiceAccount', name: 'x' }] }, 'subjects[x]', 'ServiceAccount'],
  ['ClusterRoleBinding', { subjects: [{ kind: 'User', name: 'x' }] }, 'subjects[x]', 'User'],
  [
    'ValidatingWebhookConfiguration',
    { webhooks: [{ clientConfig: { service: X } }] },
    'webhooks[0].clientConfig.service',
    'Service',
  ],
  [
    'MutatingWebhookConfiguration',
    { webhooks: [{ name: 'a', clientConfig: { service: X } }] },
    'webhooks[a].clientConfig.service',
    'Service',
  ],
  [
    'ConfigMap',
    { metadata: { name: 'o', ownerReferences: [{ kind: 'Node', name: 'x' }] } },
    'metadata.ownerReferences[x]',
    'Node',
  ],
  [
    'Ingress',
    { metadata: { name: 'o', annotations: { 'cert-manager.io/issuer': 'x' } } },
    'metadata.annotations[cert-manager.io/issuer]',
    'Issuer',
  ],
])('knows whom a %s with %j names', (kind, fields, path, target) => {
  expect(references([object('v1', kind, 'o', fields)])).toMatchObject([
    { where: `${kind}/o ${path}`, kind: target, name: 'x' },
  ]);
});

test.each<[pod: Json, path: string, target: string]>([
  [{ serviceAccountName: 'x' }, 'serviceAccountName', 'ServiceAccount'],
  [{ serviceAccountName: 'x', serviceAccount: 'x' }, 'serviceAccount', 'ServiceAccount'],
  [{ priorityClassName: 'x' }, 'priorityClassName', 'PriorityClass'],
  [{ runtimeClassName: 'x' }, 'runtimeClassName', 'RuntimeClass'],
  [{ resourceClaims: [{ resourceClaimName: 'x' }] }, 'resourceClaims[0].resourceClaimName', 'ResourceClaim'],
  [
    { resourceClaims: [{ resourceClaimTemplateName: 'x' }] },
    'resourceClaims[0].resourceClaimTemplateName',
    'ResourceClaimTemplate',
  ],
  ...[
    [
      { projected: { sources: [{ clusterTrustBundle: X }] } },
      'projected.sources[0].clusterTrustBundle.name',
      'ClusterTrustBundle',
    ],
    [{ csi: { nodePublishSecretRef: X } }, 'csi.nodePublishSecretRef', 'Secret'],
    [
      { csi: { volumeAttributes: { secretProviderClass: 'x' } } },
      'csi.volumeAttributes.secretProviderClass',
      'SecretProviderClass',
    ],
    [{ azureFile: { secretName: 'x' } }, 'azureFile.secretName', 'Secret'],
    ...['cephfs', 'flexVolume', 'iscsi', 'rbd'].map((type) => [
      { [type]: { secretRef: X } },
      `${type}.secretRef`,
      'Secret',
    ]),
    [
      { ephemeral: { volumeClaimTemplate: { spec: { storageClassName: 'x' } } } },
      'ephemeral.volumeClaimTemplate.spec.storageClassName',
      'StorageClass',
    ],
  ].map(([volume, path, kind]: Json): [Json, string, string] => [
    { volumes: [{ name: 'v', ...volume }] },
    `volumes[v].${path}`,
    kind,
  ]),
])('knows whom a pod with %j names', (pod, path, target) => {
  const found = references([object('v1', 'Pod', 'o', { spec: pod })]);
  expect(found).toContainEqual(
    expect.objectContaining({ where: `Pod/o spec.${path}`, kind: target, name: 'x' }),
  );
});

test('an empty name names nothing', () => {
  expect(
    references([object('v1', 'PersistentVolumeClaim', 'o', { spec: { storageClassName: '' } })]),
  ).toEqual([]);
});

test('a StatefulSet replaces volumes by its claims of the same name', () => {
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'x' } }];
  const names = (claims: Json) =>
    references([
      object('apps/v1', 'StatefulSet', 'o', {
        spec: { template: { spec: { volumes } }, volumeClaimTemplates: claims },
      }),
    ]).map(({ name }) => name);
  expect(names([{ metadata: { name: 'other' } }])).toContain('x');
  expect(names([{ metadata: { name: 'data' } }])).not.toContain('x');
});
