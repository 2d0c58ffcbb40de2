import type { Json, Manifest } from '../../../checker/manifests/manifest';
import { ofKind, type Workload } from '../../../checker/manifests/workloads';

/** How many pods a workload has, and when, in words; and the most that it ever has at work. */
export function podsOf(manifests: readonly Manifest[], { manifest }: Workload): Pods {
  const { kind, metadata, spec } = manifest;
  if (kind === 'Job') return { text: 'runs once', most: spec?.parallelism ?? 1 };
  if (kind === 'CronJob') return { text: timeOf(spec), most: spec?.jobTemplate?.spec?.parallelism ?? 1 };
  if (kind === 'DaemonSet') return { text: 'a pod on each machine', most: 2 };
  const [scaler] = ofKind(manifests, 'HorizontalPodAutoscaler').filter(
    ({ spec }) => spec?.scaleTargetRef?.kind === kind && spec.scaleTargetRef.name === metadata.name,
  );
  if (!scaler) return count(kind === 'Pod' ? 1 : (spec?.replicas ?? 1));
  const { minReplicas = 1, maxReplicas = minReplicas } = scaler.spec ?? {};
  if (minReplicas === maxReplicas) return count(maxReplicas);
  return { text: `${minReplicas}–${maxReplicas} pods`, most: maxReplicas };
}

export interface Pods {
  readonly text: string;
  readonly most: number;
}

const count = (pods: number): Pods => ({ text: pods === 1 ? '1 pod' : `${pods} pods`, most: pods });

/** When a CronJob runs: whoever reads the picture need not know cron for the usual case. */
function timeOf({ schedule, suspend, timeZone }: Json): string {
  if (suspend) return 'started by hand';
  const [, minute = '', hour = ''] = /^(\d+) (\d+) \* \* \*$/.exec(String(schedule)) ?? [];
  const zone = timeZone ? ` ${String(timeZone).replace('Etc/', '')}` : '';
  return hour ? `daily at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')}${zone}` : `${schedule}${zone}`;
}
