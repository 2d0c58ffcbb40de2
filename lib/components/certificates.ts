import { z } from 'zod';
import { objectName } from '../kubernetes/values';

const secretNames = {
  /** Secret with the site's certificate: `tls.crt` and `tls.key`. */
  ingressSecret: objectName.default('ingress-tls'),
  /** Secret with the certificate of all Elasticsearch nodes: `tls.crt`, `tls.key` and `ca.crt`. */
  elasticsearchSecret: objectName.default('elasticsearch-tls'),
};

export const certificatesSettings = z.discriminatedUnion(
  'source',
  [
    /** You create the Secrets in the namespace, and renew them. */
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

/** Of every certificate that cert-manager makes here. */
export const privateKey = {
  algorithm: 'ECDSA',
  size: 256,
  // The form that Elasticsearch reads.
  encoding: 'PKCS8',
  rotationPolicy: 'Always',
} as const;
