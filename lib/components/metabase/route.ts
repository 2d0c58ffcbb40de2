import type { Construct } from 'constructs';
import { KubernetesObject } from '../../kubernetes/object';
import { METABASE_PATH } from './metabase';

/** What Traefik does with a request before it passes it on. */
const MIDDLEWARES = {
  // Links of the page are relative.
  'metabase-slash': {
    redirectRegex: { regex: `^https?://[^/]+${METABASE_PATH}(\\?.*)?$`, replacement: `${METABASE_PATH}/$1` },
  },
  'metabase-prefix': { stripPrefix: { prefixes: [METABASE_PATH] } },
};

/**
 * Metabase answers at /, and browsers ask for /metabase/: the prefix is taken off at the edge. An Ingress cannot say that, so each
 * controller has its own way; Traefik has objects of its own kind, and an annotation that holds for a whole Ingress.
 *
 * @param known names of middlewares that Traefik has from elsewhere; without them, they are made
 */
export function withoutPrefix(
  scope: Construct,
  namespace: string,
  annotations: Readonly<Record<string, string>>,
  known?: string,
): Record<string, string> {
  const names =
    known ??
    Object.keys(MIDDLEWARES)
      .map((name) => `${namespace}-${name}@kubernetescrd`)
      .join();
  if (known === undefined)
    for (const [name, spec] of Object.entries(MIDDLEWARES))
      new KubernetesObject(scope, name, {
        apiVersion: 'traefik.io/v1alpha1',
        kind: 'Middleware',
        metadata: { name },
        spec,
      });
  const others = annotations[ANNOTATION];
  return { ...annotations, [ANNOTATION]: others === undefined ? names : `${others},${names}` };
}

const ANNOTATION = 'traefik.ingress.kubernetes.io/router.middlewares';
