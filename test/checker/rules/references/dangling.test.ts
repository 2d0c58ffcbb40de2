import type { Json } from '../../../../checker/manifests/manifest';
import { dangling } from '../../../../checker/rules/references/dangling';
import { broken, found, good, main, withMore, without } from '../../fixture';

const SECRET = 'names a Secret that does not exist';

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
    'spec.issuerRef',
    'names an Issuer that does not exist',
  ],
])('finds %s with a %s that leads nowhere', (name, _, change, path, wrong) => {
  expect(found(dangling, broken(name, change))).toEqual([[`${name} ${path}`, 'x', wrong]]);
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

test('does not guess the keys of a Secret that is copied as a whole', () => {
  const spec = { target: { name: 'y' }, dataFrom: [{ extract: { key: 'coped' } }] };
  const subject = withMore(['external-secrets.io/v1', 'ExternalSecret', 'x', { spec }]);
  main(subject.manifests.find(({ kind }) => kind === 'Deployment')).env = [
    { name: 'E', valueFrom: { secretKeyRef: { name: 'y', key: 'any' } } },
  ];
  expect(found(dangling, subject)).toEqual([]);
});

test("of somebody else's folder only what is emitted is known: their Secrets may be in the cluster", () => {
  const { externalSecrets, ...rest } = broken('Deployment/web', (web) => {
    main(web).envFrom = [{ configMapRef: { name: 'x' } }];
  });
  expect(externalSecrets).toBeDefined();
  expect(found(dangling, rest).map(([, value]) => value)).toEqual(['x']);
});
