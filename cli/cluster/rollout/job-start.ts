import type { Environment } from '../../../lib/environments/environment';
import type { ApiObject, Kubectl } from '../kubectl';
import { lastWarning } from './diagnosis';
import { podDiagnosis } from './pods';
import { lackOf } from './workloads';

/** The label by which a Job's pods are found. */
export const JOB_NAME = 'batch.kubernetes.io/job-name';

/** Whether a Job has started a pod. */
export interface JobStart {
  /** The pod that has started. */
  readonly pod?: string;
  /** What it waits for; undefined once a pod has started, or the Job has ended without one. */
  readonly lack?: string;
}

/** @param tried pods that have started before */
export async function startOf(
  kubectl: Kubectl,
  { name: environment, kind }: Pick<Environment, 'name' | 'kind'>,
  job: string,
  tried: readonly string[] = [],
): Promise<JobStart> {
  const pods: ApiObject[] = (await kubectl.get('pods', `--selector=${JOB_NAME}=${job}`)).items;
  const fresh = pods.find(({ metadata }) => !tried.includes(metadata.name));
  if (fresh && fresh.status.phase !== 'Pending') return { pod: fresh.metadata.name };
  const found = await kubectl.find('job', job);
  const { lack, failed = true } = found ? lackOf(found) : {};
  if (lack === undefined || failed) return {};
  const { items: events } = await kubectl.get('events', '--field-selector=type=Warning');
  const scene = { environment, kind, kubectl, events };
  // The quota or Pod Security may refuse the pod.
  if (!fresh) return { lack: lastWarning(scene, found?.metadata.uid, /FailedCreate/) ?? 'no pod yet' };
  return { lack: podDiagnosis(fresh, scene)?.reason ?? 'starting' };
}
