// What staging and production have in common on purpose.

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
