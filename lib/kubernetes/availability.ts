import type { Construct } from 'constructs';
import { z } from 'zod';
import { metadata, selectorLabels } from './labels';
import { make } from './object';
import { integer } from './values';

/** Replicas: a number, or the range an autoscaler moves in. */
export const replicas = z
  .union([integer(1, 50), z.strictObject({ min: integer(1, 50), max: integer(1, 50) })], {
    error: 'is not a number of replicas; write one from 1 to 50, or { min, max }',
  })
  .check((ctx) => {
    if (typeof ctx.value === 'object' && ctx.value.min > ctx.value.max) {
      const message = 'has min above max; swap them';
      ctx.issues.push({ code: 'custom', message, input: ctx.value });
    }
  });
export type Replicas = z.infer<typeof replicas>;

/** What a workload's `replicas` field says: nothing while an autoscaler owns it. */
export const fixedReplicas = (value: Replicas): number | undefined =>
  typeof value === 'number' ? value : undefined;

/** Adds and removes replicas so that they use 70 % of the CPU they request. Needs metrics-server. */
export function autoscale(scope: Construct, component: string, value: Replicas): void {
  if (typeof value === 'number') return;
  make(scope, 'autoscaler', 'HorizontalPodAutoscaler', {
    metadata: metadata(component),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: component },
      minReplicas: value.min,
      maxReplicas: value.max,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
      ],
    },
  });
}

/** Node maintenance may take away one pod at a time, and a pod that is broken anyway at any time. */
export function limitDisruption(scope: Construct, component: string): void {
  make(scope, 'disruption-budget', 'PodDisruptionBudget', {
    metadata: metadata(component),
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: selectorLabels(component) },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
}
