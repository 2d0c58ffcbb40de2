import type { Construct } from 'constructs';
import {
  Certificate,
  CertificateSpecPrivateKeyRotationPolicy,
  CertificateSpecUsages,
} from '../../../imports/certificate-cert-manager.io';
import type { IssuerSpec } from '../../../imports/issuer-cert-manager.io';
import { KubernetesObject } from '../../kubernetes/object';
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

    issuer(scope, 'elasticsearch-self-signed', { selfSigned: {} });
    new Certificate(scope, 'authority', {
      metadata: { name: 'elasticsearch-ca' },
      spec: {
        ...usual,
        // Ten years, so that clients need not be given a new authority.
        duration: '87600h0m0s',
        isCa: true,
        commonName: 'COPED Elasticsearch CA',
        secretName: 'elasticsearch-ca',
        issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'elasticsearch-self-signed' },
        privateKey: { ...privateKey, rotationPolicy: CertificateSpecPrivateKeyRotationPolicy.NEVER },
        usages: [CertificateSpecUsages.CERT_SIGN, CertificateSpecUsages.CRL_SIGN],
      },
    });
    issuer(scope, 'elasticsearch-ca', { ca: { secretName: 'elasticsearch-ca' } });
    new Certificate(scope, 'nodes', {
      metadata: { name: 'elasticsearch' },
      spec: {
        ...usual,
        secretName: certificates.elasticsearchSecret,
        commonName: 'elasticsearch',
        dnsNames: elasticsearchNames(namespace),
        ipAddresses: ['127.0.0.1'],
        issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'elasticsearch-ca' },
        usages: [
          CertificateSpecUsages.DIGITAL_SIGNATURE,
          CertificateSpecUsages.SERVER_AUTH,
          CertificateSpecUsages.CLIENT_AUTH,
        ],
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

/** Only the type is imported: the generated class is 7,000 lines that every synth would have to load. */
const issuer = (scope: Construct, name: string, spec: IssuerSpec) =>
  new KubernetesObject(scope, `issuer-${name}`, {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Issuer',
    metadata: { name },
    spec,
  });
