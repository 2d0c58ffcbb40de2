import type { ObjectOf } from '../../manifests/kubernetes';
import { containers, nameOf, workloads } from '../../manifests/workloads';
import type { Changed } from '../difference';
import { entryOf, isAboutData } from '../history';
import type { Entry, Section } from '../section';
import { count } from '../wording';

/** What can lose data, or leave it where it is not found. */
export const data: Section = {
  title: 'Data at risk',
  explanation:
    'Disks are named after what owns them, and never shrink or move. Read this section to its end before you apply, and take a backup.',
  entries: ({ difference, history, conventions }) => [
    ...history.filter(isAboutData).map(entryOf),
    ...difference.orphaned
      .filter(({ kind }) => kind === 'Namespace')
      .map((namespace) => ({
        about: nameOf(namespace),
        what: 'is left with all data in it; what another namespace holds starts empty',
        danger: true,
      })),
    ...difference.changed.flatMap((change) => [
      ...retention(change),
      ...fewer(change),
      ...flushes(change, conventions.emptiesDatabase),
    ]),
  ],
  summary: (entries) =>
    entries.length > 0 ? `${count(entries.length, 'risk')} for data` : 'no data at risk',
};

/** `Retain` is what Kubernetes does where nothing is said. */
const policyOf = ({ spec }: ObjectOf<'StatefulSet'>): Readonly<Record<string, string>> => ({
  whenDeleted: 'Retain',
  whenScaled: 'Retain',
  ...spec?.persistentVolumeClaimRetentionPolicy,
});

function retention({ name, before, after }: Changed): Entry[] {
  if (after.kind !== 'StatefulSet') return [];
  const words = { whenDeleted: 'the StatefulSet is deleted', whenScaled: 'it gets fewer pods' };
  return Object.entries(words)
    .filter(([field]) => policyOf(before)[field] !== 'Delete' && policyOf(after)[field] === 'Delete')
    .map(([, when]) => ({
      about: name,
      what: `deletes its disks from now on when ${when}`,
      danger: true,
    }));
}

/** The disks of pods that are no longer wanted. */
function fewer({ name, before, after }: Changed): Entry[] {
  const [old = 1, now = 1] = [before, after].map(({ spec }: ObjectOf<'StatefulSet'>) => spec?.replicas);
  if (after.kind !== 'StatefulSet' || now >= old) return [];
  const fate =
    policyOf(after).whenScaled === 'Delete' ? 'are deleted with their data' : 'stay, unused, with their data';
  return [
    {
      about: name,
      what: `goes from ${old} to ${count(now, 'pod')}: the disks of the others ${fate}`,
      danger: true,
    },
  ];
}

const flushes = ({ name, after, changes }: Changed, init: string): Entry[] =>
  changes.some(({ path }) => path.startsWith('spec.template')) &&
  workloads([after])
    .flatMap(containers)
    .some(({ spec }) => spec.name === init)
    ? [
        {
          about: name,
          what: 'empties the database when it restarts, as this environment wants it',
          danger: true,
        },
      ]
    : [];
