import type { z } from 'zod';

interface Annotated {
  readonly dashboards: { readonly replicas: number; readonly serviceAnnotations: object };
  readonly ingress: { readonly annotations: object };
}

/** A kernel lives in one pod: with several, the ingress controller must be configured to keep a browser with its own. */
export const stickySessions = (ctx: z.core.ParsePayload<Annotated>): void => {
  const { dashboards, ingress } = ctx.value;
  const annotations = { ...dashboards.serviceAnnotations, ...ingress.annotations };
  if (dashboards.replicas === 1 || Object.keys(annotations).length > 0) return;
  ctx.issues.push({
    code: 'custom',
    path: ['dashboards', 'replicas'],
    input: dashboards.replicas,
    message:
      'would send browsers to pods that do not have their kernel; set dashboards.serviceAnnotations or ingress.annotations for sticky sessions',
  });
};
