import { quantity } from '../../formats/quantity';
import type { ClaimSpec, ObjectOf } from '../manifests/kubernetes';
import type { Manifest } from '../manifests/manifest';
import { dig } from '../manifests/workloads';
import type { Field } from './field';
import { alone } from './stateful-set';

const SIZE = 'spec.resources.requests.storage';
const CLASS = 'spec.storageClassName';

const RESTORE = 'dump the data, make a volume under another name and restore into it';

/** Whether a size gets smaller; a claim without one is refused for other reasons. */
const smaller = (before: unknown, after: unknown): boolean =>
  (quantity(dig(after, SIZE)) ?? Number.POSITIVE_INFINITY) < (quantity(dig(before, SIZE)) ?? 0);

const refused = {
  answer: 'spec is immutable after creation',
  stake: 'the data: it stays in the volume that it is in',
  way: () => RESTORE,
};

export const claimFields: readonly Field<ObjectOf<'PersistentVolumeClaim'>>[] = [
  {
    path: SIZE,
    fixed: smaller,
    answer: 'field can not be less than',
    stake: 'what is stored beyond the smaller size: volumes only grow',
    way: () => RESTORE,
  },
  { ...refused, path: CLASS },
  { ...refused, path: 'spec', of: ({ spec }) => ({ ...rest(spec), volumeAttributesClassName: undefined }) },
];

/** Without what has a line of its own. */
const rest = (spec: ClaimSpec | undefined) => ({
  ...spec,
  storageClassName: undefined,
  resources: { ...spec?.resources, requests: undefined },
});

/** The templates by which a StatefulSet makes its claims; the claims that exist stay as they are, whatever they say. */
export function claimTemplateFields(before: Manifest, after: Manifest): Field[] {
  const [old, now] = [namesIn(before), namesIn(after)];
  const moved = [...old].sort().join() === [...now].sort().join();
  return [
    ...[...new Set([...old, ...now])].flatMap(ofTemplate),
    {
      path: 'spec.volumeClaimTemplates',
      of: (set) => namesIn(set).join(', '),
      fixed: () => moved,
      ...forNew,
    },
  ];
}

const forNew = {
  answer: 'updates to statefulset spec for fields other than',
  stake: 'nothing yet: the claims that exist stay as they were made, and only new pods get others',
  way: (before: Manifest) => `${alone(before)}; to move data that exists, ${RESTORE}`,
};

function ofTemplate(name: string): Field[] {
  const template = (set: Manifest) => templatesIn(set).find((one) => one?.metadata?.name === name);
  const both = (before: Manifest, after: Manifest) => !!template(before) && !!template(after);
  const place = `spec.volumeClaimTemplates[${name}]`;
  const field = (path: string, more: Partial<Field>): Field => ({
    ...forNew,
    path: `${place}.${path}`,
    of: (set) => dig(template(set), path),
    fixed: both,
    ...more,
  });
  const shrinks = (before: Manifest, after: Manifest) => smaller(template(before), template(after));
  return [
    {
      ...forNew,
      path: `${place}.metadata.name`,
      of: (set) => template(set)?.metadata?.name,
      fixed: (before, after) => !both(before, after),
      stake: `the data in the claims ${name}-<pod>, if pods are to use others: no pod mounts them any more`,
    },
    field(SIZE, {
      fixed: (before, after) => both(before, after) && shrinks(before, after),
      stake: 'what is stored beyond the smaller size: volumes only grow',
      way: () => RESTORE,
    }),
    field(SIZE, {
      fixed: (before, after) => both(before, after) && !shrinks(before, after),
      stake: 'nothing, if the claims are grown first',
      way: (before) =>
        `\`kubectl patch pvc\` for each claim ${name}-${before.metadata.name}-<number>, then ${alone(before)} (docs/clusters.md#grow-a-volume)`,
    }),
    field(CLASS, {}),
    {
      ...forNew,
      path: place,
      of: (set) => ({ ...template(set), ...OWN, spec: rest(template(set)?.spec) }),
      fixed: both,
    },
  ];
}

/** What every claim is, written or not. */
const OWN = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' };

const templatesIn = ({ spec }: ObjectOf<'StatefulSet'>) => spec?.volumeClaimTemplates ?? [];

const namesIn = (set: Manifest): string[] =>
  templatesIn(set).flatMap((template) => template?.metadata?.name ?? []);
