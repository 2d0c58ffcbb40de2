import type { Manifest } from '../../manifests/manifest';
import { containers, workloads } from '../../manifests/workloads';
import { isRefused } from '../objects/refused';
import type { Section } from '../section';
import { count } from '../wording';
import { reasons } from './reasons';
import { rollout } from './rollout';

/** Whose pods are replaced because their template changes; a Job's never are. */
const REPLACES = ['DaemonSet', 'Deployment', 'StatefulSet'];

/** Which pods are replaced, how, and why. */
export const restarts: Section = {
  title: 'Pods that restart',
  explanation:
    'Kubernetes replaces pods when their description changes. Where old and new run side by side there is no downtime; a single pod with a disk cannot do that.',
  entries: (release) =>
    release.difference.changed
      .filter(({ after }) => REPLACES.includes(after.kind))
      .flatMap((change) => {
        const why = reasons(change, release);
        if (why.length === 0) return [];
        const { what, downtime } = rollout(change.after, release.manifests);
        return {
          about: change.name,
          what,
          danger: downtime,
          details: [
            ...why,
            ...(runs(change.after, release.conventions.waitsForSchema)
              ? ['the new pods wait until the database has the schema of this release']
              : []),
            ...(isRefused(change.name, release)
              ? ['only once Kubernetes accepts the object: see above']
              : []),
          ],
        };
      }),
  summary: (entries) =>
    entries.length === 0
      ? 'no pods restart'
      : `${count(entries.length, 'group')} of pods ${entries.length === 1 ? 'restarts' : 'restart'}`,
};

const runs = (manifest: Manifest, name: string): boolean =>
  workloads([manifest])
    .flatMap(containers)
    .some(({ init, spec }) => init && spec.name === name);
