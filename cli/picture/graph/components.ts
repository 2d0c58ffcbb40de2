import { grouped } from '../../../checker/manifests/grouped';
import type { ClaimSpec } from '../../../checker/manifests/kubernetes';
import type { Manifest } from '../../../checker/manifests/manifest';
import { namespaceOf } from '../../../checker/manifests/namespaces';
import { ofKind, type Workload, workloads } from '../../../checker/manifests/workloads';
import { componentOf } from '../../../checker/reachability/matrix';
import { type Fact, fact, type Party } from './graph';

/** The tier of an object, which is also its file. */
export const areaOf = ({ metadata }: Manifest): string | undefined => metadata.labels?.['coped.org/tier'];

/** All components that have pods. Workloads of one component are one party. */
export const components = (manifests: readonly Manifest[]): Party[] =>
  [...grouped(workloads(manifests).map((workload) => [componentOf(workload), workload]))].map(([id, all]) =>
    party(manifests, id, all),
  );

function party(manifests: readonly Manifest[], id: string, all: readonly Workload[]): Party {
  const pods = all.map((workload) => ({ kind: workload.manifest.kind, ...podsOf(manifests, workload) }));
  return {
    id,
    title: id,
    area: all.map(({ manifest }) => areaOf(manifest)).find(Boolean),
    role: all.some(({ serves }) => serves) ? 'server' : 'job',
    several: pods.some(({ most }) => most > 1),
    facts: [
      // A schedule is a line of its own, because it is longer than a number of pods.
      ...pods.flatMap(({ kind, text }, i) =>
        kind === 'CronJob'
          ? [fact(`kind ${i}`, kind), fact(`pods ${i}`, text)]
          : [fact(`pods ${i}`, `${kind}, ${text}`)],
      ),
      ...all.flatMap((workload) => disksOf(manifests, workload)),
    ],
    change: 'same',
  };
}

interface Pods {
  readonly text: string;
  readonly most: number;
}

/** How many pods a workload has, and when, in words; and the most that run at once. */
function podsOf(manifests: readonly Manifest[], { manifest }: Workload): Pods {
  const { kind, metadata, spec } = manifest;
  if (kind === 'Job') return { text: 'runs once', most: spec?.parallelism ?? 1 };
  if (kind === 'CronJob') return { text: scheduleOf(spec), most: spec?.jobTemplate?.spec?.parallelism ?? 1 };
  if (kind === 'DaemonSet') return { text: 'a pod on each machine', most: 2 };
  const [scaler] = ofKind(manifests, 'HorizontalPodAutoscaler').filter(
    ({ spec }) => spec?.scaleTargetRef?.kind === kind && spec.scaleTargetRef.name === metadata.name,
  );
  if (!scaler) return count(kind === 'Pod' ? 1 : (spec?.replicas ?? 1));
  const { minReplicas = 1, maxReplicas = minReplicas } = scaler.spec ?? {};
  if (minReplicas === maxReplicas) return count(maxReplicas);
  return { text: `${minReplicas}–${maxReplicas} pods`, most: maxReplicas };
}

const count = (pods: number): Pods => ({ text: pods === 1 ? '1 pod' : `${pods} pods`, most: pods });

interface Schedule {
  readonly schedule?: string;
  readonly suspend?: boolean;
  readonly timeZone?: string;
}

/** When a CronJob runs: the usual case can be read without knowing cron. */
function scheduleOf({ schedule = '', suspend, timeZone }: Schedule = {}): string {
  if (suspend) return 'started by hand';
  const [, minute = '', hour = ''] = /^(\d+) (\d+) \* \* \*$/.exec(schedule) ?? [];
  const zone = timeZone ? ` ${timeZone.replace('Etc/', '')}` : '';
  return hour ? `daily at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')}${zone}` : `${schedule}${zone}`;
}

/** The claims of a workload's pods, with their sizes: those that each pod has for itself, and those that it shares. */
const disksOf = (manifests: readonly Manifest[], workload: Workload): Fact[] => [
  ...(workload.manifest.spec?.volumeClaimTemplates ?? []).map(({ metadata, spec }) => {
    const pods = workload.manifest.spec?.replicas ?? 1;
    return fact(`disk ${metadata?.name}`, `${pods === 1 ? 'a disk' : `${pods} disks`} of ${sizeOf(spec)}`);
  }),
  ...claimsOf(workload).map((name) => {
    const claim = ofKind(manifests, 'PersistentVolumeClaim').find(
      (one) => one.metadata.name === name && namespaceOf(one) === namespaceOf(workload.manifest),
    );
    const shared = workloads(manifests).filter((other) => claimsOf(other).includes(name)).length > 1;
    return fact(`disk ${name}`, `${shared ? `the shared disk ${name}` : 'a disk'} of ${sizeOf(claim?.spec)}`);
  }),
];

const claimsOf = ({ pod }: Workload): string[] =>
  (pod.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) => claim?.claimName ?? []);

const sizeOf = (claim: ClaimSpec | undefined): string =>
  String(claim?.resources?.requests?.storage ?? 'unknown size');
