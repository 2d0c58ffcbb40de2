import type { z } from 'zod';

interface Told {
  readonly dashboards: { readonly replicas: number; readonly serviceAnnotations: object };
  readonly ingress: { readonly annotations: object };
}

/** A kernel lives in one pod: with several, the ingress controller must be told to keep a browser with its own. */
export const stickySessions = (ctx: z.core.ParsePayload<Told>): void => {
  const { dashboards, ingress } = ctx.value;
  const told = { ...dashboards.serviceAnnotations, ...ingress.annotations };
  if (dashboards.replicas === 1 || Object.keys(told).length > 0) return;
  ctx.issues.push({
    code: 'custom',
    path: ['dashboards', 'replicas'],
    input: dashboards.replicas,
    message:
      'would send browsers to pods that do not have their kernel; set dashboards.serviceAnnotations or ingress.annotations for sticky sessions',
  });
};
