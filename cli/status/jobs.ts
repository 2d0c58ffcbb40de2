import type { Manifest } from '../../checker/manifests/manifest';
import type { ApiObject } from '../cluster/kubectl';
import { applying } from '../cluster/rollout/advice';
import type { Scene } from '../cluster/rollout/diagnosis';
import { takesLong } from '../cluster/rollout/logs';
import { podDiagnosis } from '../cluster/rollout/pods';
import { type Facts, podsOf } from './facts';
import type { Concern, Findings } from './status';

/**
 * Jobs that failed, are stuck or suspended. Of those that do the same only the newest counts: earlier failures are over. What prepares the servers for a release must be complete; of the rest a failure is a warning.
 */
export function jobs(expected: readonly Manifest[], facts: Facts, scene: Scene): Findings {
  const required = new Set(expected.filter(({ kind }) => kind === 'Job').map(componentOf));
  const found = newest(facts.of('Job')).map((job) => ({
    needed: required.has(componentOf(job)),
    concern: concernOf(job, required.has(componentOf(job)), facts, scene),
  }));
  const concerns = (needed: boolean): Concern[] =>
    found.flatMap((one) => (one.needed === needed && one.concern ? [one.concern] : []));
  return { problems: concerns(true), warnings: concerns(false) };
}

const componentOf = ({ metadata }: ApiObject): string =>
  metadata.labels?.['app.kubernetes.io/component'] ?? metadata.name;

function newest(all: readonly ApiObject[]): ApiObject[] {
  const oldestFirst = [...all].sort((a, b) =>
    a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1,
  );
  return [...new Map(oldestFirst.map((job) => [componentOf(job), job])).values()];
}

/** The condition of a Job that holds: `Complete`, `Failed`, `Suspended`. */
export const conditionOf = ({ status }: ApiObject, type: string): ApiObject | undefined =>
  status?.conditions?.find((c: ApiObject) => c.type === type && c.status === 'True');

/** Whether a Job has come to its end, good or bad. */
export const isFinished = (job: ApiObject): boolean =>
  conditionOf(job, 'Complete') !== undefined || conditionOf(job, 'Failed') !== undefined;

function concernOf(job: ApiObject, needed: boolean, facts: Facts, scene: Scene): Concern | undefined {
  const { name } = job.metadata;
  const about = `Job/${name}`;
  if (conditionOf(job, 'Complete')) return undefined;
  const failed = conditionOf(job, 'Failed');
  const { kubectl, environment } = scene;
  if (failed) {
    const logs = kubectl.typed('logs', `job/${name}`, '--tail=20');
    const again = needed
      ? `fix it, then \`${kubectl.typed('delete', 'job', name)}\` and \`${applying(scene)}\``
      : `fix it, then \`${AGAIN[componentOf(job)]?.(environment) ?? 'run it'}\` again`;
    return {
      about,
      reason: `has failed: ${failed.message ?? failed.reason}`,
      next: `Why: \`${logs}\`; ${again}`,
    };
  }
  if (job.spec.suspend) {
    return {
      about,
      reason: 'is suspended',
      next: `Let it run, or delete it: \`${kubectl.typed('delete', 'job', name)}\``,
    };
  }
  const diagnosis = podsOf(facts, job)
    .map((pod) => podDiagnosis(pod, scene))
    .find(Boolean);
  if (diagnosis) return { about, ...diagnosis };
  if (!needed) return undefined;
  const waiting = podsOf(facts, job)
    .map((pod) => takesLong(pod, scene))
    .find(Boolean);
  return { about, reason: 'is not done yet', next: 'Wait a moment', ...waiting };
}

const AGAIN: Readonly<Record<string, (environment: string) => string>> = {
  backup: (environment) => `npx coped backup ${environment} now`,
  migrate: (environment) => `npx coped migrate ${environment}`,
};
