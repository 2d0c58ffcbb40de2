import { make } from '../../kubernetes/object';
import { privateKey } from '../certificates';
import { component } from '../component';

/** Gives every node a name of its own, before it is ready: nodes look for each other to become ready. */
export const HEADLESS_SERVICE = 'elasticsearch-nodes';

/**
 * One certificate for all Elasticsearch nodes, from an authority that lives in this namespace only: it signs itself,
 * then the nodes. Nodes show it to each other in both roles, so it must be good for servers and clients.
 */
export const elasticsearchCertificate = component({
  name: 'elasticsearch-certificate',
  tier: 'data',
  software: 'elasticsearch',
  partOf: 'elasticsearch',
  configuration: true,
  build({ scope, environment: { namespace, certificates } }) {
    if (certificates?.source !== 'cert-manager') return;
    const usual = { privateKey, duration: '2160h0m0s', renewBefore: '720h0m0s' };

    make(scope, 'issuer-elasticsearch-self-signed', 'Issuer', {
      metadata: { name: 'elasticsearch-self-signed' },
      spec: { selfSigned: {} },
    });
    make(scope, 'authority', 'Certificate', {
      metadata: { name: 'elasticsearch-ca' },
      spec: {
        ...usual,
        // Ten years, so that clients need not be given a new authority.
        duration: '87600h0m0s',
        isCA: true,
        commonName: 'COPED Elasticsearch CA',
        secretName: 'elasticsearch-ca',
        issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'elasticsearch-self-signed' },
        privateKey: { ...privateKey, rotationPolicy: 'Never' },
        usages: ['cert sign', 'crl sign'],
      },
    });
    make(scope, 'issuer-elasticsearch-ca', 'Issuer', {
      metadata: { name: 'elasticsearch-ca' },
      spec: { ca: { secretName: 'elasticsearch-ca' } },
    });
    make(scope, 'nodes', 'Certificate', {
      metadata: { name: 'elasticsearch' },
      spec: {
        ...usual,
        secretName: certificates.elasticsearchSecret,
        commonName: 'elasticsearch',
        dnsNames: elasticsearchNames(namespace),
        ipAddresses: ['127.0.0.1'],
        issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'elasticsearch-ca' },
        usages: ['digital signature', 'server auth', 'client auth'],
      },
    });
  },
});

/** Every name under which a client or another node may look for Elasticsearch. */
export const elasticsearchNames = (namespace: string): string[] => [
  'localhost',
  ...['elasticsearch', `*.${HEADLESS_SERVICE}`].flatMap((name) => [
    name,
    `${name}.${namespace}`,
    `${name}.${namespace}.svc`,
    `${name}.${namespace}.svc.cluster.local`,
  ]),
];
