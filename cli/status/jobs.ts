import type { Manifest } from '../../checker/manifests/manifest';
import { type ApiObject, type Metadata, oldestFirst } from '../cluster/api-object';
import { conditionOf } from '../cluster/readiness';
import { applying } from '../cluster/rollout/advice';
import type { Diagnosis, Recognize, Scene } from '../cluster/rollout/diagnosis';
import { takesLong } from '../cluster/rollout/logs';
import { podDiagnosis } from '../cluster/rollout/pods';
import { type Facts, podsOf } from './facts';
import { type Concern, problem, warning } from './status';

/**
 * Jobs that failed, are stuck or suspended. Of those that do the same only the newest counts: earlier failures are over. What prepares the servers for a release must be complete; of the rest a failure is a warning.
 */
export function jobs(expected: readonly Manifest[], facts: Facts, scene: Scene): Concern[] {
  const required = new Set(expected.filter(({ kind }) => kind === 'Job').map(componentOf));
  return newest(facts.of('Job')).flatMap((job) => {
    const needed = required.has(componentOf(job));
    const found = diagnosisOf(job, needed, facts, scene);
    return found ? [(needed ? problem : warning)(`Job/${job.metadata.name}`, found)] : [];
  });
}

const componentOf = ({ metadata }: { metadata: Pick<Metadata, 'name' | 'labels'> }): string =>
  metadata.labels?.['app.kubernetes.io/component'] ?? metadata.name;

/** A component may have several commands. */
const nameOf = (job: ApiObject): string =>
  [componentOf(job), job.metadata.labels?.['coped.org/command'] ?? []].flat().join('-');

const newest = (all: readonly ApiObject[]): ApiObject[] => [
  ...new Map([...all].sort(oldestFirst).map((job) => [nameOf(job), job])).values(),
];

function diagnosisOf(job: ApiObject, needed: boolean, facts: Facts, scene: Scene): Diagnosis | undefined {
  const { name } = job.metadata;
  if (conditionOf(job, 'Complete')) return undefined;
  const failed = conditionOf(job, 'Failed');
  const { kubectl, environment } = scene;
  if (failed) {
    const logs = kubectl.typed('logs', `job/${name}`, '--tail=20');
    const again = needed
      ? `fix it, then \`${kubectl.typed('delete', 'job', name)}\` and \`${applying(scene)}\``
      : `fix it, then \`${AGAIN[componentOf(job)]?.(environment) ?? byHand(nameOf(job), scene)}\` again`;
    return { reason: `has failed: ${failed.message ?? failed.reason}`, next: `Why: \`${logs}\`; ${again}` };
  }
  if (job.spec?.suspend) {
    const next = `Resume it, or delete it: \`${kubectl.typed('delete', 'job', name)}\``;
    return { reason: 'is suspended', next };
  }
  const firstOf = (recognize: Recognize) =>
    podsOf(facts, job)
      .map((pod) => recognize(pod, scene))
      .find(Boolean);
  const diagnosis = firstOf(podDiagnosis);
  if (diagnosis || !needed) return diagnosis;
  return firstOf(takesLong) ?? { reason: 'is not done yet', next: 'Wait a moment' };
}

const byHand = (name: string, { kubectl }: Scene): string =>
  kubectl.typed('create', 'job', `${name}-by-hand`, `--from=cronjob/${name}`);

const AGAIN: Readonly<Record<string, (environment: string) => string>> = {
  backup: (environment) => `npx coped backup ${environment} now`,
  migrate: (environment) => `npx coped migrate ${environment}`,
};
