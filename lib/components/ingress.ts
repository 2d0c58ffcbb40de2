import { Construct } from 'constructs';
import { z } from 'zod';
import { objectName } from '../kubernetes/values';
import { k8s } from '../kubernetes/k8s';
import type { HttpBackend } from './django-server';

/** Which path leads where. The longest matching path wins; the path itself arrives unchanged. */
export interface Route {
  readonly path: string;
  readonly to: HttpBackend;
}

export const ingressSettings = z.strictObject({
  /** Which ingress controller serves this cluster. */
  className: objectName.default('traefik'),
  /** Settings of that controller, in its own words, e.g. body size or timeouts at the edge. */
  annotations: z.record(z.string(), z.string()).default({}),
  /** Where its pods run: nothing else may open a connection to web, api and dashboards. */
  controller: z
    .strictObject({
      namespace: objectName.default('traefik'),
      labels: z.record(z.string(), z.string()).default({ 'app.kubernetes.io/name': 'traefik' }),
    })
    .prefault({}),
});
export type IngressSettings = z.infer<typeof ingressSettings>;

export interface IngressProps extends IngressSettings {
  readonly host: string;
  readonly routes: readonly Route[];
  /** Secret with the certificate of the host; plain HTTP if absent. */
  readonly tlsSecret?: string;
}

/**
 * The way in, in place of Nginx, in words that every ingress controller understands: prefixes, a host and a certificate.
 * Body size and request time are Django's and gunicorn's limits (`django.maxBodyBytes`, `django.requestTimeout`), so
 * that they hold behind any controller. Dashboards need websockets that may be silent for 30 s: Traefik passes them as
 * they are; elsewhere see docs/operations.md.
 */
export class Ingress extends Construct {
  constructor(scope: Construct, id: string, props: IngressProps) {
    super(scope, id);
    const { host, routes, tlsSecret } = props;

    new k8s.KubeIngress(this, 'ingress', {
      metadata: { name: 'ingress', annotations: props.annotations },
      spec: {
        ingressClassName: props.className,
        tls: tlsSecret ? [{ hosts: [host], secretName: tlsSecret }] : undefined,
        rules: [
          {
            host,
            http: {
              paths: routes.map(({ path, to }) => ({
                path,
                pathType: 'Prefix',
                backend: { service: { name: to.service, port: { number: to.port } } },
              })),
            },
          },
        ],
      },
    });
  }
}
