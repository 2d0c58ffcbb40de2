import type { ApiObject } from './kubectl';
import { conditionOf } from './readiness';

/**
 * A Job as a CronJob would create it at its time. It belongs to the CronJob, which removes old ones.
 * @param now becomes part of the name
 */
export function jobOf({ metadata, spec }: ApiObject, now: Date): ApiObject {
  const { metadata: template = {}, spec: job } = spec?.jobTemplate ?? {};
  const stamp = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `${metadata.name}-${stamp}`,
      labels: template.labels,
      annotations: { ...template.annotations, 'cronjob.kubernetes.io/instantiate': 'manual' },
      ownerReferences: [
        { apiVersion: 'batch/v1', kind: 'CronJob', name: metadata.name, uid: metadata.uid, controller: true },
      ],
    },
    spec: job,
  };
}

export interface Outcome {
  readonly good: boolean;
  readonly message: string;
}

/** How a Job has ended; undefined while it runs. */
export function outcomeOf(job: ApiObject): Outcome | undefined {
  const end = conditionOf(job, 'Complete') ?? conditionOf(job, 'Failed');
  return end && { good: end.type === 'Complete', message: end.message ?? end.reason ?? '' };
}
