import type { ObjectOf } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { dig, nameOf } from '../../manifests/workloads';
import { type Change, changes } from '../changes';
import type { Changed } from '../difference';
import type { Entry, Release, Section } from '../section';
import { count, withoutHash, wording } from '../wording';
import { reasons } from './reasons';

/** What runs by itself because of the release, or must be started by hand. */
export const runs: Section = {
  title: 'Jobs',
  explanation:
    'A Job runs once, to completion. It is immutable, so its name ends with a hash of its contents, and other contents are a new Job. A CronJob starts Jobs on a schedule, or, suspended, by hand.',
  entries: (release) => [
    ...release.difference.created.flatMap((manifest) => {
      if (manifest.kind === 'Job') return newJob(manifest, release);
      return manifest.kind === 'CronJob'
        ? { about: nameOf(manifest), what: `is new: ${times(manifest)}`, command: byHand(manifest) }
        : [];
    }),
    ...release.difference.changed
      .filter(({ after }) => after.kind === 'CronJob')
      .map((c) => otherCronJob(c, release)),
  ],
  summary: (entries) => {
    const jobs = entries.filter(({ about }) => about.startsWith('Job/'));
    if (jobs.length > 0) return `${count(jobs.length, 'Job')} ${jobs.length === 1 ? 'runs' : 'run'}`;
    return undefined;
  },
};

/** The same Job of an earlier release has another hash; what differs is why it runs again. */
function newJob(job: Manifest, release: Release): Entry {
  const { name } = job.metadata;
  const earlier = release.difference.orphaned.find(
    ({ kind, metadata }) => kind === 'Job' && withoutHash(metadata.name) === withoutHash(name),
  );
  const about = nameOf(job);
  if (!earlier) return { about, what: 'runs once, as soon as it is applied' };
  const change: Changed = { name: about, before: earlier, after: job, changes: changes(earlier, job) };
  return { about, what: 'runs again, as soon as it is applied', details: reasons(change, release) };
}

function otherCronJob(change: Changed, release: Release): Entry {
  const { name, before, after } = change;
  const why = reasons(change, release);
  return {
    about: name,
    what: why.length > 0 ? `does something else at its next run: ${times(after)}` : times(after),
    details: [
      ...['schedule', 'timeZone', 'suspend'].flatMap((field) =>
        changes(dig(before, `spec.${field}`), dig(after, `spec.${field}`), field).map(line),
      ),
      ...why,
    ],
    command: why.length > 0 ? byHand(after) : undefined,
  };
}

const line = (change: Change): string => `${change.path}: ${wording(change)}`;

const times = ({ spec }: ObjectOf<'CronJob'>): string =>
  spec?.suspend
    ? 'it runs only when you start it'
    : `it runs at "${spec?.schedule}" (${spec?.timeZone ?? 'time zone of the cluster'})`;

/** Only for one that never starts by itself. */
const byHand = ({ metadata: { name, namespace }, spec }: ObjectOf<'CronJob'>): string | undefined =>
  spec?.suspend
    ? `kubectl${namespace ? ` --namespace ${namespace}` : ''} create job --from=cronjob/${name} "${name}-$(date +%Y%m%d-%H%M)"`
    : undefined;
