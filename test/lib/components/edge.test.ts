import {
  ElasticsearchCertificate,
  elasticsearchNames,
  IngressCertificate,
} from '../../../lib/components/certificates';
import { Ingress, type IngressProps } from '../../../lib/components/ingress';
import { find, objectsOf } from '../../support';

const props: Required<IngressProps> = {
  host: 'coped.example.org',
  className: 'haproxy',
  annotations: { timeout: '60s' },
  controller: { namespace: 'edge', labels: { app: 'haproxy' } },
  routes: [
    { path: '/', to: { service: 'web', port: 8000 } },
    { path: '/api/', to: { service: 'api', port: 8001 } },
  ],
  tlsSecret: 'site-tls',
};

test('every prop of the ingress arrives', () => {
  const ingress = find(
    objectsOf((scope) => new Ingress(scope, 'ingress', props)),
    'Ingress',
    'ingress',
  );
  expect(ingress.metadata.annotations).toEqual({ timeout: '60s' });
  expect(ingress.spec).toEqual({
    ingressClassName: 'haproxy',
    tls: [{ hosts: ['coped.example.org'], secretName: 'site-tls' }],
    rules: [
      {
        host: 'coped.example.org',
        http: {
          paths: [
            { path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 8000 } } } },
            {
              path: '/api/',
              pathType: 'Prefix',
              backend: { service: { name: 'api', port: { number: 8001 } } },
            },
          ],
        },
      },
    ],
  });
});

test('without a certificate it is plain HTTP', () => {
  const objects = objectsOf((scope) => new Ingress(scope, 'ingress', { ...props, tlsSecret: undefined }));
  expect(find(objects, 'Ingress', 'ingress').spec.tls).toBeUndefined();
});

test('the site’s certificate comes from the issuer that the environment names', () => {
  const issuer = { kind: 'Issuer', name: 'university' } as const;
  const objects = objectsOf(
    (scope) =>
      new IngressCertificate(scope, 'c', { host: 'coped.example.org', issuer, secretName: 'site-tls' }),
  );
  expect(find(objects, 'Certificate', 'ingress').spec).toMatchObject({
    secretName: 'site-tls',
    dnsNames: ['coped.example.org'],
    issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'university' },
  });
});

describe('Elasticsearch’s certificates', () => {
  const objects = objectsOf(
    (scope) => new ElasticsearchCertificate(scope, 'c', { namespace: 'coped-test', secretName: 'nodes-tls' }),
  );

  test('an authority signs itself, and then the nodes', () => {
    expect(find(objects, 'Issuer', 'elasticsearch-self-signed').spec).toEqual({ selfSigned: {} });
    expect(find(objects, 'Certificate', 'elasticsearch-ca').spec).toMatchObject({
      isCA: true,
      issuerRef: { name: 'elasticsearch-self-signed' },
      secretName: 'elasticsearch-ca',
    });
    expect(find(objects, 'Issuer', 'elasticsearch-ca').spec).toEqual({
      ca: { secretName: 'elasticsearch-ca' },
    });
    expect(find(objects, 'Certificate', 'elasticsearch').spec).toMatchObject({
      issuerRef: { name: 'elasticsearch-ca' },
      secretName: 'nodes-tls',
    });
  });

  test('nodes are servers and clients to each other', () => {
    expect(find(objects, 'Certificate', 'elasticsearch').spec.usages).toEqual([
      'digital signature',
      'server auth',
      'client auth',
    ]);
  });

  test('and are known by every name that somebody may use', () => {
    expect(elasticsearchNames('coped-test')).toEqual(
      expect.arrayContaining([
        'localhost',
        'elasticsearch',
        'elasticsearch.coped-test.svc',
        '*.elasticsearch-nodes.coped-test.svc.cluster.local',
      ]),
    );
  });
});
