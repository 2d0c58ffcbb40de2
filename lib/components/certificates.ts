import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { z } from 'zod';
import {
  Certificate,
  CertificateSpecPrivateKeyAlgorithm,
  CertificateSpecPrivateKeyEncoding,
  CertificateSpecPrivateKeyRotationPolicy,
  CertificateSpecUsages,
} from '../../imports/certificate-cert-manager.io';
import type { IssuerSpec } from '../../imports/issuer-cert-manager.io';
import { objectName } from '../kubernetes/values';
import { HEADLESS_SERVICE } from './elasticsearch';

const secretNames = {
  /** Secret with the site's certificate: `tls.crt` and `tls.key`. */
  ingressSecret: objectName.default('ingress-tls'),
  /** Secret with the certificate of all Elasticsearch nodes: `tls.crt`, `tls.key` and `ca.crt`. */
  elasticsearchSecret: objectName.default('elasticsearch-tls'),
};

export const certificatesSettings = z.discriminatedUnion(
  'source',
  [
    /** Somebody puts the Secrets into the namespace, and renews them. */
    z.strictObject({ source: z.literal('existing'), ...secretNames }),
    /** cert-manager makes and renews them. */
    z.strictObject({
      source: z.literal('cert-manager'),
      ...secretNames,
      /** Who signs the site's certificate. The issuer itself belongs to the cluster, not to COPED. */
      issuer: z.strictObject({ kind: z.enum(['ClusterIssuer', 'Issuer']), name: objectName }),
    }),
  ],
  { error: 'is not a source of certificates; write "existing" or "cert-manager"' },
);
export type CertificatesSettings = z.infer<typeof certificatesSettings>;
type Issuer = Extract<CertificatesSettings, { source: 'cert-manager' }>['issuer'];

const privateKey = {
  algorithm: CertificateSpecPrivateKeyAlgorithm.ECDSA,
  size: 256,
  // The form that Elasticsearch reads.
  encoding: CertificateSpecPrivateKeyEncoding.PKCS8,
  rotationPolicy: CertificateSpecPrivateKeyRotationPolicy.ALWAYS,
};

export interface IngressCertificateProps {
  readonly host: string;
  readonly issuer: Issuer;
  readonly secretName: string;
}

/** The site's certificate, from the issuer that the environment names. */
export class IngressCertificate extends Construct {
  constructor(scope: Construct, id: string, { host, issuer, secretName }: IngressCertificateProps) {
    super(scope, id);
    new Certificate(this, 'certificate', {
      metadata: { name: 'ingress' },
      spec: {
        secretName,
        dnsNames: [host],
        issuerRef: { group: 'cert-manager.io', kind: issuer.kind, name: issuer.name },
        privateKey,
        usages: [CertificateSpecUsages.DIGITAL_SIGNATURE, CertificateSpecUsages.SERVER_AUTH],
      },
    });
  }
}

export interface ElasticsearchCertificateProps {
  readonly namespace: string;
  readonly secretName: string;
}

/**
 * One certificate for all Elasticsearch nodes, from an authority that lives in this namespace only: it signs itself,
 * then the nodes. Nodes show it to each other in both roles, so it must be good for servers and clients.
 */
export class ElasticsearchCertificate extends Construct {
  constructor(scope: Construct, id: string, { namespace, secretName }: ElasticsearchCertificateProps) {
    super(scope, id);
    const usual = { privateKey, duration: '2160h0m0s', renewBefore: '720h0m0s' };

    issuer(this, 'elasticsearch-self-signed', { selfSigned: {} });
    new Certificate(this, 'authority', {
      metadata: { name: 'elasticsearch-ca' },
      spec: {
        ...usual,
        // Ten years: whoever trusts the authority need not hear of it again.
        duration: '87600h0m0s',
        isCa: true,
        commonName: 'COPED Elasticsearch CA',
        secretName: 'elasticsearch-ca',
        issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'elasticsearch-self-signed' },
        privateKey: { ...privateKey, rotationPolicy: CertificateSpecPrivateKeyRotationPolicy.NEVER },
        usages: [CertificateSpecUsages.CERT_SIGN, CertificateSpecUsages.CRL_SIGN],
      },
    });
    issuer(this, 'elasticsearch-ca', { ca: { secretName: 'elasticsearch-ca' } });
    new Certificate(this, 'nodes', {
      metadata: { name: 'elasticsearch' },
      spec: {
        ...usual,
        secretName,
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
  }
}

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
  new ApiObject(scope, `issuer-${name}`, {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Issuer',
    metadata: { name },
    spec,
  });
