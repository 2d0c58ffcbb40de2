import { z } from 'zod';
import { make } from '../../kubernetes/object';
import { addressesPeer } from '../../kubernetes/peers';
import { annotations, labelValues, objectName } from '../../kubernetes/values';
import { component, everywhere } from '../component';
import { dashboards as dashboardsComponent } from '../dashboards';
import { api } from '../django/api';
import { web } from '../django/web';
import { METABASE_PATH, metabase as metabaseComponent } from '../metabase/metabase';
import { withoutPrefix } from '../metabase/route';
import { staticFiles } from '../static/static';

const controllerPods = z.strictObject({
  namespace: objectName.default('traefik'),
  labels: labelValues.default({ 'app.kubernetes.io/name': 'traefik' }),
});

const settings = z.strictObject({
  /** Which ingress controller serves this cluster. */
  className: objectName.default('traefik'),
  /** Settings of that controller, in its own words, e.g. body size or timeouts at the edge. */
  annotations: annotations.default({}),
  /** Where its pods run: nothing else may open a connection to web, api, static and dashboards. */
  controller: z
    .union([controllerPods, addressesPeer.omit({ port: true })], {
      error: 'is no peer; write { namespace, labels }, or { addresses } for a controller that is no pod',
    })
    .prefault({}),
});

/**
 * The way in, in place of Nginx, in words that every ingress controller understands: prefixes, a host and a certificate.
 * Body size and request time are Django's and gunicorn's limits (`django.maxBodyBytes`, `django.requestTimeout`), so
 * that they hold behind any controller. Dashboards need websockets that may be silent for 30 s: Traefik passes them as
 * they are; elsewhere see docs/clusters.md#another-ingress-controller.
 */
export const ingress = component({
  name: 'ingress',
  tier: 'edge',
  software: 'ingress',
  configuration: true,
  settings: everywhere(settings.prefault({})),
  build({ scope, settings, environment: { hosts, certificates, namespace }, use }) {
    const host = hosts[0];
    const dashboards = use(dashboardsComponent);
    const tlsSecret = certificates?.ingressSecret;
    const route = (name: string, annotations: Record<string, string>, paths: readonly Path[]) =>
      make(scope, name, 'Ingress', {
        metadata: { name, annotations },
        spec: {
          ingressClassName: settings.className,
          tls: tlsSecret ? [{ hosts: [host], secretName: tlsSecret }] : undefined,
          rules: [
            {
              host,
              http: {
                paths: paths.map(({ path, to, pathType = 'Prefix' }) => ({
                  path,
                  pathType,
                  backend: { service: { name: to.service, port: { number: to.port } } },
                })),
              },
            },
          ],
        },
      });
    // The longest matching path wins; the path itself arrives unchanged.
    route(
      'ingress',
      settings.annotations,
      [
        { path: '/', to: use(web) },
        { path: '/api/', to: use(api) },
        { path: '/static/', to: use(staticFiles) },
        { path: dashboards?.path ?? '', to: dashboards },
      ].flatMap(({ path, to }) => (to ? { path, to } : [])),
    );
    const to = use(metabaseComponent);
    if (to)
      route('metabase', withoutPrefix(scope, namespace, settings.annotations, to.middlewares), [
        { path: METABASE_PATH, to, pathType: 'Exact' },
        { path: `${METABASE_PATH}/`, to },
      ]);
  },
});

interface Path {
  readonly path: string;
  readonly to: { readonly service: string; readonly port: number };
  readonly pathType?: 'Exact';
}
