import { cronFault } from '../../analysis/cron';
import { type Workload, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

export const jobs = rule({
  id: 'jobs',
  what: 'A Job never runs, runs beside itself, or has no end.',
  why: 'Two migrations at once break a database, and a backup with a misspelt schedule is missed on the day when it is needed.',
  remedy: 'Write a schedule that comes, with concurrencyPolicy: Forbid and an activeDeadlineSeconds.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/',
  find: ({ manifests, own }) =>
    workloads(manifests)
      .filter(({ manifest }) => ['Job', 'CronJob'].includes(manifest.kind))
      .flatMap((workload) => [
        ...possible(workload),
        ...(workload.manifest.kind === 'CronJob' ? scheduled(workload) : []),
        // Of somebody else's nobody knows what a second run would do.
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
          wrong: 'is refused for a Job, which has an end',
          remedy: 'Write Never or OnFailure',
        },
      ];

function scheduled({ name, manifest }: Workload): Finding[] {
  const { schedule, timeZone } = manifest.spec ?? {};
  const fault = cronFault(String(schedule));
  return [
    ...(fault
      ? [{ where: `${name} spec.schedule`, value: schedule, wrong: fault, remedy: 'Write e.g. 30 2 * * *' }]
      : []),
    ...(timeZone === undefined || isTimeZone(timeZone)
      ? []
      : [
          {
            where: `${name} spec.timeZone`,
            value: timeZone,
            wrong: 'is no time zone',
            remedy: 'Write e.g. Etc/UTC',
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

/** Tries after which nobody believes any more that the next one works. */
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
            'starts a run while the one before is at work',
            'Write Forbid',
          ),
        ]
      : []),
    ...(isCron && job.activeDeadlineSeconds === undefined
      ? [
          finding(
            `${path}.activeDeadlineSeconds`,
            undefined,
            'is missing, so a run that hangs keeps out all others',
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
          'is not one: it would run beside itself, or never',
          'Leave it out',
        ),
      ),
    ...((job.backoffLimit ?? 6) > MOST_TRIES
      ? [
          finding(
            `${path}.backoffLimit`,
            job.backoffLimit,
            'goes on trying long after it should say that it failed',
            'Use 4',
          ),
        ]
      : []),
  ];
}
