import { cronFault } from '../../analysis/cron';
import { type Workload, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';
import { type Field, fieldFindings } from '../fields';

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
  fieldFindings(podPath, [
    [
      'restartPolicy',
      pod.restartPolicy,
      !['Never', 'OnFailure'].includes(pod.restartPolicy ?? '') && 'is not allowed for a Job',
      'Use Never or OnFailure',
    ],
  ]);

function scheduled({ name, manifest }: Workload): Finding[] {
  const { schedule, timeZone } = manifest.spec ?? {};
  const isUnknown = timeZone !== undefined && !isTimeZone(timeZone);
  return fieldFindings(`${name} spec`, [
    ['schedule', schedule, cronFault(String(schedule)), 'Use e.g. 30 2 * * *'],
    ['timeZone', timeZone, isUnknown && 'is not a time zone', 'Use e.g. Etc/UTC'],
  ]);
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

function single({ name, manifest }: Workload): Finding[] {
  const { concurrencyPolicy = 'Allow', jobTemplate } = manifest.spec ?? {};
  const isCron = manifest.kind === 'CronJob';
  const job = (isCron ? jobTemplate?.spec : manifest.spec) ?? {};
  const { activeDeadlineSeconds, backoffLimit = 6 } = job;
  return [
    ...fieldFindings(`${name} spec`, [
      [
        'concurrencyPolicy',
        concurrencyPolicy,
        isCron && concurrencyPolicy !== 'Forbid' && 'starts a run while the previous one is still running',
        'Use Forbid',
      ],
    ]),
    ...fieldFindings(isCron ? `${name} spec.jobTemplate.spec` : `${name} spec`, [
      [
        'activeDeadlineSeconds',
        undefined,
        isCron &&
          activeDeadlineSeconds === undefined &&
          'is missing, so a run that hangs blocks all later ones',
        'Set it',
      ],
      ...(['parallelism', 'completions'] as const).map(
        (field): Field => [
          field,
          job[field],
          (job[field] ?? 1) !== 1 && 'must be 1: otherwise it overlaps with itself, or never runs',
          'Leave it out',
        ],
      ),
      [
        'backoffLimit',
        backoffLimit,
        backoffLimit > MOST_TRIES && 'delays the report of a failure for too long',
        'Use 4',
      ],
    ]),
  ];
}
