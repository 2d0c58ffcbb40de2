import type { ApiObject } from '../cluster/kubectl';
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
    autoscalers: all.map(({ spec, status = {} }) => ({
      component: spec.scaleTargetRef.name,
      replicas: status.currentReplicas ?? 0,
      min: spec.minReplicas ?? 1,
      max: spec.maxReplicas,
    })),
    concerns: all
      // Pods that are not ready have no load to show.
      .filter(({ spec }) => serves(facts.find('Deployment', spec.scaleTargetRef.name)))
      .flatMap((one) => warningOf(one, environment) ?? []),
  };
}

const serves = (workload: ApiObject): boolean => workload?.status?.availableReplicas > 0;

function warningOf({ metadata, spec, status = {} }: ApiObject, environment: string): Concern | undefined {
  const about = `autoscaler of ${metadata.name}`;
  const blind = status.conditions?.find(
    (c: ApiObject) => c.type === 'ScalingActive' && c.status === 'False' && c.reason !== 'ScalingDisabled',
  );
  if (blind) {
    const next = 'Does metrics-server run? `kubectl top pods`';
    return warning(about, { reason: `it sees no load: ${brief(blind.message)}`, next });
  }
  // With the same number at both ends, autoscaling is off.
  if (status.currentReplicas < spec.maxReplicas || spec.minReplicas === spec.maxReplicas) return undefined;
  return warning(about, {
    reason: `all ${spec.maxReplicas} pods are in use; more load finds no more`,
    next: `If that goes on, raise \`replicas.max\` in lib/environments/${environment}.ts`,
  });
}
