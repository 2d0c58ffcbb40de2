import type { ApiObject } from '../cluster/kubectl';
import { conditionOf } from '../cluster/readiness';
import { brief } from '../cluster/rollout/diagnosis';
import type { Facts } from './facts';
import { type AutoscalerStatus, type Concern, type Findings, warning } from './status';

interface Autoscalers extends Findings {
  readonly autoscalers: readonly AutoscalerStatus[];
}

/** Whether the autoscalers still have room, and figures to go by. */
export function autoscalers(facts: Facts, environment: string): Autoscalers {
  const all = facts.of('HorizontalPodAutoscaler');
  return {
    autoscalers: all.map(({ metadata, spec = {}, status = {} }) => ({
      component: spec.scaleTargetRef?.name ?? metadata.name,
      replicas: status.currentReplicas ?? 0,
      min: spec.minReplicas ?? 1,
      max: spec.maxReplicas ?? 1,
    })),
    concerns: all
      // Pods that are not ready have no load to show.
      .filter(({ spec }) => serves(facts.find('Deployment', spec?.scaleTargetRef?.name ?? '')))
      .flatMap((one) => warningOf(one, environment) ?? []),
  };
}

const serves = (workload?: ApiObject): boolean => (workload?.status?.availableReplicas ?? 0) > 0;

function warningOf(autoscaler: ApiObject, environment: string): Concern | undefined {
  const { metadata, spec: { minReplicas = 1, maxReplicas = 1 } = {}, status = {} } = autoscaler;
  const about = `autoscaler of ${metadata.name}`;
  const blind = conditionOf(autoscaler, 'ScalingActive', 'False');
  if (blind && blind.reason !== 'ScalingDisabled') {
    const next = 'Check metrics-server: `kubectl top pods`';
    return warning(about, {
      reason: `it has no metrics: ${brief(blind.message ?? blind.reason ?? 'it gives no reason')}`,
      next,
    });
  }
  // With the same number at both ends, autoscaling is off.
  if ((status.currentReplicas ?? 0) < maxReplicas || minReplicas === maxReplicas) return undefined;
  return warning(about, {
    reason: `all ${maxReplicas} pods are in use: it cannot scale further`,
    next: `If that goes on, raise \`replicas.max\` in lib/environments/${environment}.ts`,
  });
}
