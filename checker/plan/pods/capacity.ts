import { quantity, sum } from '../../../formats/quantity';
import { podAmount, scaleOf } from '../../analysis/capacity';
import type { Manifest } from '../../manifests/manifest';
import { workloads } from '../../manifests/workloads';
import type { Changed } from '../difference';
import type { Entry, Section } from '../section';
import { wording } from '../wording';
import { pods } from './rollout';

/** What the release takes of the cluster. */
export const capacity: Section = {
  title: 'Capacity',
  explanation:
    'What the pods request while nothing is being rolled out, from the fewest replicas to the most. A pod for which no node has room stays pending.',
  entries: ({ committed, applied, difference }) => [
    ...RESOURCES.flatMap(({ about, resource, unit, size }): Entry[] => {
      const [before, after] = [committed, applied].map((objects) => reserved(objects, resource, size));
      return before === after ? [] : [{ about, what: `${before} → ${after} ${unit}` }];
    }),
    ...replicas(committed, applied),
    ...difference.changed.flatMap(larger),
    ...difference.changed
      .filter(({ after }) => after.kind === 'ResourceQuota')
      .map(({ name, changes }) => ({
        about: name,
        what: 'allows the namespace another amount',
        details: changes.map((change) => `${change.path}: ${wording(change)}`),
      })),
  ],
};

const SIZE = 'spec.resources.requests.storage';

/** A claim may grow; that it never shrinks is the business of the rules. */
function larger({ name, after, changes }: Changed): Entry[] {
  const size = after.kind === 'PersistentVolumeClaim' && changes.find(({ path }) => path === SIZE);
  if (!size || (quantity(size.after) ?? 0) <= (quantity(size.before) ?? 0)) return [];
  const what = `grows from ${size.before} to ${size.after}, if it is in use and its storage class allows that`;
  return [{ about: name, what }];
}

const RESOURCES = [
  { about: 'CPU', resource: 'cpu', unit: 'cores', size: 1 },
  { about: 'Memory', resource: 'memory', unit: 'GiB', size: 2 ** 30 },
];

/** `3.2 to 9`: of everything that is up all the time. */
function reserved(manifests: readonly Manifest[], resource: string, size: number): string {
  const serving = workloads(manifests)
    .filter(({ serves }) => serves)
    .map((workload) => ({
      amount: podAmount(workload.pod, 'requests', resource),
      scale: scaleOf(workload, manifests),
    }));
  const [least = 0, most = 0] = (['min', 'max'] as const).map((end) =>
    sum(serving.map(({ amount, scale }) => amount * scale[end])),
  );
  const text = (amount: number) => String(Math.round((amount / size) * 100) / 100);
  return least === most ? text(least) : `${text(least)} to ${text(most)}`;
}

/** Workloads that get another number of pods. */
function replicas(before: readonly Manifest[], after: readonly Manifest[]): Entry[] {
  const scales = (manifests: readonly Manifest[]) =>
    new Map(
      workloads(manifests)
        .filter(({ serves }) => serves)
        .map((workload) => [workload.name, pods(scaleOf(workload, manifests))]),
    );
  const [old, now] = [scales(before), scales(after)];
  return [...now]
    .filter(([name, scale]) => old.has(name) && old.get(name) !== scale)
    .map(([name, scale]) => ({ about: name, what: `${old.get(name)} → ${scale}` }));
}
