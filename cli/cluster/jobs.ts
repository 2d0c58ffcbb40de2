import type { ApiObject } from './kubectl';

/**
 * A Job as a CronJob would create it at its time. It belongs to the CronJob, which removes old ones.
 * @param now becomes part of the name
 */
export function jobOf({ metadata, spec }: ApiObject, now: Date): ApiObject {
  const { metadata: template = {}, spec: job } = spec.jobTemplate;
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
export function outcomeOf({ status }: ApiObject): Outcome | undefined {
  const end = status?.conditions?.find(
    ({ type, status }: ApiObject) => ['Complete', 'Failed'].includes(type) && status === 'True',
  );
  return end && { good: end.type === 'Complete', message: end.message ?? end.reason ?? '' };
}
