import { cronFault } from '../../../formats/cron';
import { workloads } from '../../manifests/workloads';
import { rule } from '../../rule';
import { type Field, fieldFindings } from '../fields';

export const jobs = rule({
  id: 'jobs',
  what: 'A Job never runs, overlaps with itself, or never ends.',
  why: 'Two migrations at once break a database, and a backup with a misspelt schedule is missing on the day it is needed.',
  remedy: 'Use a valid schedule, concurrencyPolicy: Forbid and an activeDeadlineSeconds.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/',
  find: ({ manifests, own }) =>
    workloads(manifests).map(({ name, manifest, pod, podPath }) => {
      const isCron = manifest.kind === 'CronJob';
      if (!isCron && manifest.kind !== 'Job') return undefined;
      const spec = { concurrencyPolicy: 'Allow', ...manifest.spec };
      const job = isCron ? spec.jobTemplate?.spec : spec;
      return [
        fieldFindings(podPath, pod, [ENDS]),
        isCron && fieldFindings(`${name} spec`, spec, SCHEDULED),
        // In other manifests, overlapping runs may be intended.
        own && isCron && fieldFindings(`${name} spec`, spec, [OVERLAPS]),
        own && isCron && fieldFindings(`${name} spec.jobTemplate.spec`, job, [HANGS]),
        own && fieldFindings(isCron ? `${name} spec.jobTemplate.spec` : `${name} spec`, job, SINGLE),
      ];
    }),
});

const ENDS: Field = [
  'restartPolicy',
  (value) => value !== 'Never' && value !== 'OnFailure' && 'is not allowed for a Job',
  'Use Never or OnFailure',
];

const SCHEDULED: readonly Field[] = [
  ['schedule', (value) => cronFault(String(value)), 'Use e.g. 30 2 * * *'],
  ['timeZone', (value) => !isTimeZone(value) && 'is not a time zone', 'Use e.g. Etc/UTC'],
];

function isTimeZone(name: unknown): boolean {
  // Loading the list of all of them takes longer than most rules.
  if (name === undefined || name === 'Etc/UTC') return true;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: String(name) }) !== undefined;
  } catch {
    return false;
  }
}

const OVERLAPS: Field = [
  'concurrencyPolicy',
  (value) => value !== 'Forbid' && 'starts a run while the previous one is still running',
  'Use Forbid',
];

const HANGS: Field = [
  'activeDeadlineSeconds',
  (value) => value === undefined && 'is missing, so a run that hangs blocks all later ones',
  'Set it',
];

/** Retries beyond this only delay the report of a failure. */
const MOST_TRIES = 10;

const isSeveral = (value: unknown) =>
  value !== undefined && value !== 1 && 'must be 1: otherwise it overlaps with itself, or never runs';

const SINGLE: readonly Field[] = [
  ['parallelism', isSeveral, 'Leave it out'],
  ['completions', isSeveral, 'Leave it out'],
  [
    'backoffLimit',
    (value) => Number(value) > MOST_TRIES && 'delays the report of a failure for too long',
    'Use 4',
  ],
];
