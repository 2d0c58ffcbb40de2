import { ALLOWED, ALWAYS, type Row } from './case';

const ALLOWED_TYPES = {
  configMap: { name: 'settings' },
  csi: { driver: 'example.org' },
  downwardAPI: {},
  emptyDir: {},
  ephemeral: {
    volumeClaimTemplate: {
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    },
  },
  image: { reference: 'example.org/data:1.0.0' },
  persistentVolumeClaim: { claimName: 'data' },
  projected: { sources: [] },
  secret: { secretName: 'password' },
};

const REFUSED_TYPES = {
  awsElasticBlockStore: { volumeID: 'v' },
  azureDisk: { diskName: 'd', diskURI: 'https://example.org/d' },
  azureFile: { secretName: 's', shareName: 's' },
  cephfs: { monitors: ['example.org'] },
  cinder: { volumeID: 'v' },
  fc: { targetWWNs: ['50060e801049cfd1'], lun: 0 },
  flexVolume: { driver: 'example.org/driver' },
  flocker: { datasetName: 'd' },
  gcePersistentDisk: { pdName: 'd' },
  gitRepo: { repository: 'https://example.org/r.git' },
  glusterfs: { endpoints: 'e', path: '/v' },
  hostPath: { path: '/run/containerd' },
  iscsi: { targetPortal: '10.0.0.1:3260', iqn: 'iqn.2001-04.org.example:disk', lun: 0 },
  nfs: { server: 'example.org', path: '/' },
  photonPersistentDisk: { pdID: 'd' },
  portworxVolume: { volumeID: 'v' },
  quobyte: { registry: 'example.org:7861', volume: 'v' },
  rbd: { monitors: ['example.org'], image: 'i' },
  scaleIO: { gateway: 'https://example.org', system: 's', secretRef: { name: 's' }, volumeName: 'v' },
  storageos: { volumeName: 'v' },
  vsphereVolume: { volumePath: '[datastore] v' },
};

const volumes = (...list: object[]) => ({
  spec: { volumes: list.map((source, i) => ({ name: `volume-${i}`, ...source })) },
});

export const volumeRows: readonly Row[] = [
  ...Object.entries(ALLOWED_TYPES).map(([type, source]): Row => [volumes({ [type]: source }), ALLOWED]),
  ...Object.entries(REFUSED_TYPES).map(
    ([type, source]): Row => [volumes({ [type]: source }), { restrictedVolumes: ALWAYS }],
  ),
  // An emptyDir, then.
  [volumes({}), ALLOWED],
  [volumes({ emptyDir: {} }, { hostPath: { path: '/' } }), { restrictedVolumes: ALWAYS }],
];
