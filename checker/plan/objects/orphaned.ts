import { deletion } from '../../immutable/field';
import type { Manifest } from '../../manifests/manifest';
import { nameOf } from '../../manifests/workloads';
import type { Section } from '../section';

/** What is no longer described, and stays in the cluster. */
export const orphaned: Section = {
  title: 'Left behind',
  explanation:
    'kubectl apply creates and changes, but never deletes: what is no longer described stays until you delete it.',
  entries: ({ difference, pruned }) =>
    left(difference.orphaned, pruned).map((manifest) => ({
      about: nameOf(manifest),
      what: FATE[manifest.kind] ?? 'stays as it is',
      danger: LOSES_DATA.includes(manifest.kind),
      command: deletion(manifest),
    })),
};

const left = (orphaned: readonly Manifest[], pruned: readonly Manifest[]): readonly Manifest[] =>
  orphaned.filter((manifest) => !pruned.includes(manifest));

const LOSES_DATA = ['Namespace', 'PersistentVolumeClaim', 'StatefulSet'];

const FATE: Readonly<Record<string, string>> = {
  CronJob: 'goes on starting Jobs',
  DaemonSet: 'goes on running its pods',
  Deployment: 'goes on running its pods',
  HorizontalPodAutoscaler: 'goes on scaling',
  Ingress: 'goes on leading requests to its Services',
  Job: 'has run long ago; a finished Job is harmless and keeps its log',
  Namespace: 'stays, with everything in it; deleting it deletes all of that, data and secrets included',
  NetworkPolicy: 'goes on allowing what it allows',
  PersistentVolumeClaim: 'keeps its data; deleting it deletes the data',
  StatefulSet: 'goes on running its pods; save its data before you delete it',
};
