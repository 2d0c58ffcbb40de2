import { grouped } from '../../../checker/manifests/grouped';
import type { Manifest } from '../../../checker/manifests/manifest';
import { type Workload, workloads } from '../../../checker/manifests/workloads';
import { componentOf } from '../../../checker/reachability/matrix';
import { disksOf } from './disks';
import { fact, type Party } from './graph';
import { podsOf } from './pods';

/** The label that says which file, and so which tier, an object belongs to. */
const TIER = 'coped.org/tier';

export const areaOf = ({ metadata }: Manifest): string | undefined => metadata.labels?.[TIER];

/** Everything of ours that has pods. Workloads of one component are one party. */
export const components = (manifests: readonly Manifest[]): Party[] =>
  [...grouped(workloads(manifests).map((workload) => [componentOf(workload), workload]))].map(([id, all]) =>
    party(manifests, id, all),
  );

function party(manifests: readonly Manifest[], id: string, all: readonly Workload[]): Party {
  const pods = all.map((workload) => podsOf(manifests, workload));
  return {
    id,
    title: id,
    area: all.map(({ manifest }) => areaOf(manifest)).find(Boolean),
    role: all.some(({ serves }) => serves) ? 'server' : 'job',
    several: pods.some(({ most }) => most > 1),
    facts: [
      ...all.flatMap(({ manifest: { kind } }, i) => {
        const { text = '' } = pods[i] ?? {};
        // When something runs is a line of its own, because it is longer than a number of pods.
        return kind === 'CronJob'
          ? [fact(`kind ${i}`, kind), fact(`pods ${i}`, text)]
          : [fact(`pods ${i}`, `${kind}, ${text}`)];
      }),
      ...all.flatMap((workload) => disksOf(manifests, workload)),
    ],
    fate: 'same',
  };
}
