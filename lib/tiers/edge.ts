import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { IngressCertificate } from '../components/certificates';
import { DASHBOARDS_PATH } from '../components/dashboards';
import { Ingress } from '../components/ingress';
import type { Environment } from '../environments/environment';
import { tierProps } from './tier';
import type { WebTier } from './web';

/** The way in: one host, one certificate, one table of routes. */
export class EdgeTier extends Chart {
  constructor(scope: Construct, environment: Environment, { web, api, dashboards }: WebTier) {
    super(scope, '40-edge', tierProps(environment, 'edge'));
    const { host, certificates } = environment;

    if (certificates?.source === 'cert-manager') {
      new IngressCertificate(this, 'certificate', {
        host,
        issuer: certificates.issuer,
        secretName: certificates.ingressSecret,
      });
    }
    new Ingress(this, 'ingress', {
      ...environment.ingress,
      host,
      tlsSecret: certificates?.ingressSecret,
      routes: [
        { path: '/', to: web },
        { path: '/api/', to: api },
        { path: DASHBOARDS_PATH, to: dashboards },
      ],
    });
  }
}
