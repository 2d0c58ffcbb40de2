import type { HostedEnvironment } from './environment';

// What staging and production have in common on purpose.

/** One release: staging tries exactly what production will run. */
export const releaseImages: HostedEnvironment['images'] = {
  django: 'registry.example.org/coped/django:1.0.0',
  dashboards: 'registry.example.org/coped/dashboards:1.0.0',
  postgres: 'docker.io/library/postgres:17.12-trixie',
  elasticsearch: 'docker.elastic.co/elasticsearch/elasticsearch:9.5.3',
};

/**
 * Keeps a browser with the pod that runs its kernels, in the words of Traefik.
 * @see https://doc.traefik.io/traefik/routing/providers/kubernetes-ingress/
 */
export const stickySessions = {
  'traefik.ingress.kubernetes.io/service.sticky.cookie': 'true',
  'traefik.ingress.kubernetes.io/service.sticky.cookie.httponly': 'true',
  'traefik.ingress.kubernetes.io/service.sticky.cookie.name': 'coped-dashboards',
  'traefik.ingress.kubernetes.io/service.sticky.cookie.secure': 'true',
};
