import { make } from '../../kubernetes/object';
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
    make(scope, 'certificate', 'Certificate', {
      metadata: { name: 'ingress' },
      spec: {
        secretName: ingressSecret,
        dnsNames: [hosts[0]],
        issuerRef: { group: 'cert-manager.io', kind: issuer.kind, name: issuer.name },
        privateKey,
        usages: ['digital signature', 'server auth'],
      },
    });
  },
});
