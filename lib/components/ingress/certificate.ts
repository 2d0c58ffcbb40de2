import { Certificate, CertificateSpecUsages } from '../../../imports/certificate-cert-manager.io';
import { privateKey } from '../certificates';
import { component } from '../component';

/** The site's certificate, from the issuer that the environment names. */
export const ingressCertificate = component({
  name: 'ingress-certificate',
  tier: 'edge',
  software: 'ingress',
  configuration: true,
  build({ scope, environment: { hosts, certificates } }) {
    if (certificates?.source !== 'cert-manager') return;
    const { issuer, ingressSecret } = certificates;
    new Certificate(scope, 'certificate', {
      metadata: { name: 'ingress' },
      spec: {
        secretName: ingressSecret,
        dnsNames: [hosts[0]],
        issuerRef: { group: 'cert-manager.io', kind: issuer.kind, name: issuer.name },
        privateKey,
        usages: [CertificateSpecUsages.DIGITAL_SIGNATURE, CertificateSpecUsages.SERVER_AUTH],
      },
    });
  },
});
