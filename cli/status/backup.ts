import { isA } from '../../checker/manifests/kubernetes';
import type { Manifest } from '../../checker/manifests/manifest';
import type { ApiObject } from '../cluster/kubectl';
import { conditionOf } from '../cluster/readiness';
import { age } from '../terminal/age';
import type { Facts } from './facts';
import { type Findings, problem, warning } from './status';

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
  const source = expected.filter((one) => isA(one, 'CronJob')).find(({ metadata }) => metadata.name === NAME);
  const cronJob = facts.find('CronJob', NAME);
  const found = { makesBackups: source !== undefined, lastBackup: null };
  if (!source || (!cronJob && facts.unread.has('CronJob'))) return { ...found, concerns: [] };
  const deploy = `\`npx coped deploy ${environment}\``;
  if (!cronJob) {
    const reason = 'no dump is made: its CronJob is not there';
    return { ...found, concerns: [problem(NAME, { reason, next: deploy })] };
  }
  const lastBackup = lastDump(cronJob, facts);
  // What has never been dumped counts from the day on which it was made.
  const waiting = now.getTime() - Date.parse(lastBackup ?? cronJob.metadata.creationTimestamp ?? '');
  const late = {
    reason: lastBackup ? `the last dump is ${age(waiting)} old` : 'there is no dump yet',
    next: `Make one: \`npx coped backup ${environment} now\``,
  };
  const suspended = {
    reason: 'the nightly dump is suspended',
    next: `If that is not intended: ${deploy}`,
  };
  const isLate = waiting > ONE_MISSED || !lastBackup;
  return {
    ...found,
    lastBackup,
    concerns: [
      ...(cronJob.spec?.suspend && !source.spec?.suspend ? [warning(NAME, suspended)] : []),
      ...(isLate ? [waiting > TWO_MISSED ? problem(NAME, late) : warning(NAME, late)] : []),
    ],
  };
}

/** The CronJob remembers its last success, also when the Job itself is gone. */
function lastDump({ status }: ApiObject, facts: Facts): string | null {
  const times = facts
    .of('Job')
    .filter(
      (job) => job.metadata.labels?.['app.kubernetes.io/component'] === NAME && conditionOf(job, 'Complete'),
    )
    .map((job) => job.status?.completionTime);
  return [...times, status?.lastSuccessfulTime].filter(Boolean).sort().at(-1) ?? null;
}
