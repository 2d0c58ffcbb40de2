import { cronFault } from '../../analysis/cron';
import { type Workload, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

export const jobs = rule({
  id: 'jobs',
  what: 'A Job never runs, overlaps with itself, or never ends.',
  why: 'Two migrations at once break a database, and a backup with a misspelt schedule is missing on the day it is needed.',
  remedy: 'Use a valid schedule, concurrencyPolicy: Forbid and an activeDeadlineSeconds.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/',
  find: ({ manifests, own }) =>
    workloads(manifests)
      .filter(({ manifest }) => ['Job', 'CronJob'].includes(manifest.kind))
      .flatMap((workload) => [
        ...possible(workload),
        ...(workload.manifest.kind === 'CronJob' ? scheduled(workload) : []),
        // In other manifests, overlapping runs may be intended.
        ...(own ? single(workload) : []),
      ]),
});

const possible = ({ pod, podPath }: Workload): Finding[] =>
  ['Never', 'OnFailure'].includes(pod.restartPolicy ?? '')
    ? []
    : [
        {
          where: `${podPath}.restartPolicy`,
          value: pod.restartPolicy,
          wrong: 'is not allowed for a Job',
          remedy: 'Use Never or OnFailure',
        },
      ];

function scheduled({ name, manifest }: Workload): Finding[] {
  const { schedule, timeZone } = manifest.spec ?? {};
  const fault = cronFault(String(schedule));
  return [
    ...(fault
      ? [{ where: `${name} spec.schedule`, value: schedule, wrong: fault, remedy: 'Use e.g. 30 2 * * *' }]
      : []),
    ...(timeZone === undefined || isTimeZone(timeZone)
      ? []
      : [
          {
            where: `${name} spec.timeZone`,
            value: timeZone,
            wrong: 'is not a time zone',
            remedy: 'Use e.g. Etc/UTC',
          },
        ]),
  ];
}

function isTimeZone(name: string): boolean {
  // Loading the list of all of them takes longer than most rules.
  if (name === 'Etc/UTC') return true;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

/** Retries beyond this only delay the report of a failure. */
const MOST_TRIES = 10;

function single(workload: Workload): Finding[] {
  const { name, manifest } = workload;
  const isCron = manifest.kind === 'CronJob';
  const job = (isCron ? manifest.spec?.jobTemplate?.spec : manifest.spec) ?? {};
  const path = isCron ? `${name} spec.jobTemplate.spec` : `${name} spec`;
  const finding = (where: string, value: unknown, wrong: string, remedy: string) => ({
    where,
    value,
    wrong,
    remedy,
  });
  const { concurrencyPolicy = 'Allow' } = manifest.spec ?? {};
  return [
    ...(isCron && concurrencyPolicy !== 'Forbid'
      ? [
          finding(
            `${name} spec.concurrencyPolicy`,
            concurrencyPolicy,
            'starts a run while the previous one is still running',
            'Use Forbid',
          ),
        ]
      : []),
    ...(isCron && job.activeDeadlineSeconds === undefined
      ? [
          finding(
            `${path}.activeDeadlineSeconds`,
            undefined,
            'is missing, so a run that hangs blocks all later ones',
            'Set it',
          ),
        ]
      : []),
    ...(['parallelism', 'completions'] as const)
      .filter((field) => (job[field] ?? 1) !== 1)
      .map((field) =>
        finding(
          `${path}.${field}`,
          job[field],
          'must be 1: otherwise it overlaps with itself, or never runs',
          'Leave it out',
        ),
      ),
    ...((job.backoffLimit ?? 6) > MOST_TRIES
      ? [
          finding(
            `${path}.backoffLimit`,
            job.backoffLimit,
            'delays the report of a failure for too long',
            'Use 4',
          ),
        ]
      : []),
  ];
}
