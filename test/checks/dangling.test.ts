import { dangling } from '../../lib/checks/dangling';
import type { Json } from '../../lib/checks/workloads';
import { broken, found, good, MAIN, main, withMore, without } from './fixture';

const POD = 'Deployment/web spec.template.spec';
const MAP = 'names a ConfigMap that does not exist';
const SECRET = 'names a Secret that does not exist';

test.each<[string, (web: Json) => void, string, string, string]>([
  [
    'serviceAccountName',
    (web) => {
      web.spec.template.spec.serviceAccountName = 'x';
    },
    `${POD}.serviceAccountName`,
    'x',
    'names a ServiceAccount that does not exist',
  ],
  [
    'imagePullSecrets',
    (web) => {
      web.spec.template.spec.imagePullSecrets = [{ name: 'x' }];
    },
    `${POD}.imagePullSecrets`,
    'x',
    SECRET,
  ],
  [
    'envFrom ConfigMap',
    (web) => {
      main(web).envFrom = [{ configMapRef: { name: 'x' } }];
    },
    `${MAIN}.envFrom[0].configMapRef`,
    'x',
    MAP,
  ],
  [
    'envFrom Secret',
    (web) => {
      main(web).envFrom = [{ secretRef: { name: 'x' } }];
    },
    `${MAIN}.envFrom[0].secretRef`,
    'x',
    SECRET,
  ],
  [
    'env Secret',
    (web) => {
      main(web).env = [{ name: 'E', valueFrom: { secretKeyRef: { name: 'x', key: 'k' } } }];
    },
    `${MAIN}.env[E].valueFrom.secretKeyRef`,
    'x',
    SECRET,
  ],
  [
    'env key',
    (web) => {
      main(web).env = [{ name: 'E', valueFrom: { configMapKeyRef: { name: 'web', key: 'k' } } }];
    },
    `${MAIN}.env[E].valueFrom.configMapKeyRef`,
    'k',
    'is not a key of ConfigMap/web',
  ],
  [
    'volume ConfigMap',
    (web) => {
      web.spec.template.spec.volumes[0] = { name: 'secrets', configMap: { name: 'x' } };
    },
    `${POD}.volumes[secrets].configMap`,
    'x',
    MAP,
  ],
  [
    'volume Secret',
    (web) => {
      web.spec.template.spec.volumes[0] = { name: 'secrets', secret: { secretName: 'x' } };
    },
    `${POD}.volumes[secrets].secret`,
    'x',
    SECRET,
  ],
  [
    'volume claim',
    (web) => {
      web.spec.template.spec.volumes[0] = { name: 'secrets', persistentVolumeClaim: { claimName: 'x' } };
    },
    `${POD}.volumes[secrets].persistentVolumeClaim.claimName`,
    'x',
    'names a PersistentVolumeClaim that does not exist',
  ],
  [
    'projected key',
    (web) => {
      web.spec.template.spec.volumes[0].projected.sources[0].secret.items[0].key = 'k';
    },
    `${POD}.volumes[secrets].projected.sources[0].secret`,
    'k',
    'is not a key of Secret/postgres-application',
  ],
  [
    'projected ConfigMap',
    (web) => {
      web.spec.template.spec.volumes[0].projected.sources = [{ configMap: { name: 'x' } }];
    },
    `${POD}.volumes[secrets].projected.sources[0].configMap`,
    'x',
    MAP,
  ],
  [
    'volume mount',
    (web) => {
      main(web).volumeMounts[0].name = 'x';
    },
    `${MAIN}.volumeMounts[x]`,
    'x',
    'is a volume that the pod does not have',
  ],
])('finds a %s that leads nowhere', (_, change, where, value, rule) => {
  expect(found(dangling, broken('Deployment/web', change))).toEqual([[where, value, rule]]);
});

test.each<[string, string, (object: Json) => void, string, string]>([
  [
    'StatefulSet/postgres',
    'serviceName',
    (o) => {
      o.spec.serviceName = 'x';
    },
    'spec.serviceName',
    'names a Service that does not exist',
  ],
  [
    'HorizontalPodAutoscaler/web',
    'scaleTargetRef',
    (o) => {
      o.spec.scaleTargetRef.name = 'x';
    },
    'spec.scaleTargetRef',
    'names a Deployment that does not exist',
  ],
  [
    'Certificate/elasticsearch',
    'issuerRef',
    (o) => {
      o.spec.issuerRef.name = 'x';
    },
    'spec.issuerRef.name',
    'names an Issuer that does not exist',
  ],
])('finds %s with a %s that leads nowhere', (name, _, change, path, rule) => {
  expect(found(dangling, broken(name, change))).toEqual([[`${name} ${path}`, 'x', rule]]);
});

test('finds a certificate that nobody provides', () => {
  expect(
    found(dangling, {
      ...good(),
      externalSecrets: { 'postgres-application': ['password'], 'postgres-superuser': ['password'] },
    }),
  ).toEqual([
    ['Ingress/coped spec.tls[0].secretName', 'coped-tls', SECRET],
    ['Ingress/coped spec.tls[0].secretName', 'coped-tls', SECRET],
  ]);
});

test('knows the keys that cert-manager writes', () => {
  expect(found(dangling, without('Certificate/elasticsearch'))).toEqual([
    [
      'StatefulSet/elasticsearch spec.template.spec.volumes[certificates].secret',
      'elasticsearch-tls',
      SECRET,
    ],
  ]);
});

test('knows the keys that external-secrets writes', () => {
  const refer = (key: string) => {
    const subject = withMore([
      'external-secrets.io/v1',
      'ExternalSecret',
      'x',
      { spec: { data: [{ secretKey: 'k' }] } },
    ]);
    const web = subject.manifests.find(({ kind }) => kind === 'Deployment');
    main(web).env = [{ name: 'E', valueFrom: { secretKeyRef: { name: 'x', key } } }];
    return found(dangling, subject);
  };
  expect(refer('k')).toEqual([]);
  expect(refer('other')).toHaveLength(1);
});

test('accepts a missing object where the reference says that it is optional', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).envFrom = [{ configMapRef: { name: 'x', optional: true } }];
  });
  expect(found(dangling, subject)).toEqual([]);
});

test('names the keys there are', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).env = [{ name: 'E', valueFrom: { configMapKeyRef: { name: 'web', key: 'k' } } }];
  });
  expect(dangling(subject)[0]?.remedy).toBe('Use one of: LOG_LEVEL, SQL_PASSWORD_FILE');
});

test('knows the account that every namespace has', () => {
  const subject = broken('Deployment/web', (web) => {
    delete web.spec.template.spec.serviceAccountName;
  });
  expect(found(dangling, subject)).toEqual([]);
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
  expect(dangling(subject).map((finding) => finding.remedy)).toEqual([remedy]);
});

test('says which volumes and keys there are, if any', () => {
  const subject = broken('Job/postgres-bootstrap', (job) => {
    job.spec.template.spec.volumes = [];
  });
  expect(dangling(subject)[0]?.remedy).toBe('Use one of: none, the pod has no volumes');

  const empty = broken('ConfigMap/web', (map) => {
    delete map.data;
  });
  main(empty.manifests.find(({ kind }) => kind === 'Deployment')).env = [
    { name: 'E', valueFrom: { configMapKeyRef: { name: 'web', key: 'k' } } },
  ];
  expect(dangling(empty)[0]?.remedy).toBe('Put the key into it: it is empty');
});

test('does not guess the keys of a Secret that is copied as a whole', () => {
  const spec = { target: { name: 'y' }, dataFrom: [{ extract: { key: 'coped' } }] };
  const subject = withMore(['external-secrets.io/v1', 'ExternalSecret', 'x', { spec }]);
  main(subject.manifests.find(({ kind }) => kind === 'Deployment')).env = [
    { name: 'E', valueFrom: { secretKeyRef: { name: 'y', key: 'any' } } },
  ];
  expect(found(dangling, subject)).toEqual([]);
});
