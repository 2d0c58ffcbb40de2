import { nameOf } from '../../manifests/workloads';
import type { Section } from '../section';

/** What is no longer described, and therefore deleted. */
export const removed: Section = {
  title: 'Deleted',
  explanation: 'Earlier releases made these, and this one does not describe them any more.',
  entries: ({ pruned }) =>
    pruned.map((manifest) => ({ about: nameOf(manifest), what: FATE[manifest.kind] ?? 'is deleted' })),
};

const FATE: Readonly<Record<string, string>> = {
  CronJob: 'starts no more Jobs; those that run are ended',
  Deployment: 'its pods end',
  Ingress: 'leads no more requests',
  Job: 'has ended; its log goes with it',
  NetworkPolicy: 'allows nothing any more',
  StatefulSet: 'its pods end; its claims stay, with their data',
};
