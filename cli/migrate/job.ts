import type { ApiObject, Kubectl } from '../cluster/kubectl';

const COMPONENT = 'migrate';

/**
 * A Job as a CronJob would make it at its hour. It belongs to the CronJob, which removes old ones.
 * @param now becomes part of the name
 */
export function jobOf({ metadata, spec }: ApiObject, now: Date): ApiObject {
  const { metadata: labelled = {}, spec: job } = spec.jobTemplate;
  const stamp = now
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/[-:]/g, '')
    .replace('T', '-');
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `${metadata.name}-${stamp}`,
      labels: labelled.labels,
      annotations: { ...labelled.annotations, 'cronjob.kubernetes.io/instantiate': 'manual' },
      ownerReferences: [
        { apiVersion: 'batch/v1', kind: 'CronJob', name: metadata.name, uid: metadata.uid, controller: true },
      ],
    },
    spec: job,
  };
}

/** Every migration that the cluster still knows of, oldest first, whoever has started it. */
export async function migrations(kubectl: Kubectl): Promise<ApiObject[]> {
  const jobs: ApiObject[] = (await kubectl.get('jobs')).items;
  return jobs
    .filter(
      ({ metadata: { labels, ownerReferences } }) =>
        labels?.['app.kubernetes.io/component'] === COMPONENT ||
        ownerReferences?.some(({ kind, name }: ApiObject) => kind === 'CronJob' && name === COMPONENT),
    )
    .sort((a, b) => (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1));
}

/** How a Job has ended; undefined while it has not. */
export function outcomeOf({ status }: ApiObject): { good: boolean; message: string } | undefined {
  const end = status?.conditions?.find(
    ({ type, status }: ApiObject) => ['Complete', 'Failed'].includes(type) && status === 'True',
  );
  return end && { good: end.type === 'Complete', message: end.message ?? end.reason ?? '' };
}
