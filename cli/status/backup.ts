import type { Manifest } from '../../checker/manifests/manifest';
import type { ApiObject } from '../cluster/kubectl';
import { age } from './age';
import type { Facts } from './facts';
import { conditionOf } from './jobs';
import { type Concern, type Findings, NOTHING } from './status';

const HOUR = 3_600_000;
/** Dumps are written every night: one that is missed is a warning, two are a problem. */
const ONE_MISSED = 26 * HOUR;
const TWO_MISSED = 50 * HOUR;

const NAME = 'backup';

interface Backup extends Findings {
  readonly makesBackups: boolean;
  readonly lastBackup: string | null;
}

/** When the database was last dumped, if the environment wants it dumped at all. */
export function backup(expected: readonly Manifest[], facts: Facts, environment: string, now: Date): Backup {
  const source: ApiObject = expected.find(
    ({ kind, metadata }) => kind === 'CronJob' && metadata?.name === NAME,
  );
  if (!source) return { ...NOTHING, makesBackups: false, lastBackup: null };
  const next = `Make one: \`npx coped backup ${environment} now\``;
  const cronJob = facts.find('CronJob', NAME);
  if (!cronJob && facts.unread.has('CronJob')) return { ...NOTHING, makesBackups: true, lastBackup: null };
  if (!cronJob) {
    const problem = {
      about: NAME,
      reason: 'no dump is made: its CronJob is not there',
      next: `\`npx coped deploy ${environment}\``,
    };
    return { makesBackups: true, lastBackup: null, problems: [problem], warnings: [] };
  }
  const lastBackup = lastDump(cronJob, facts);
  const warnings: Concern[] = [];
  if (cronJob.spec.suspend && !source.spec.suspend) {
    warnings.push({
      about: NAME,
      reason: 'somebody has suspended the nightly dump',
      next: `If nobody is at work there: \`npx coped deploy ${environment}\``,
    });
  }
  // What has never been dumped counts from the day on which it was made.
  const waiting = now.getTime() - Date.parse(lastBackup ?? cronJob.metadata.creationTimestamp);
  const reason = lastBackup ? `the last dump is ${age(waiting)} old` : 'there is no dump yet';
  if (waiting > TWO_MISSED)
    return { makesBackups: true, lastBackup, problems: [{ about: NAME, reason, next }], warnings };
  if (waiting > ONE_MISSED || !lastBackup) warnings.push({ about: NAME, reason, next });
  return { makesBackups: true, lastBackup, problems: [], warnings };
}

/** The CronJob remembers its last success, also when the Job itself is gone. */
function lastDump({ status }: ApiObject, facts: Facts): string | null {
  const times = facts
    .of('Job')
    .filter(
      (job) => job.metadata.labels?.['app.kubernetes.io/component'] === NAME && conditionOf(job, 'Complete'),
    )
    .map((job) => job.status.completionTime as string);
  return [...times, status?.lastSuccessfulTime].filter(Boolean).sort().at(-1) ?? null;
}
