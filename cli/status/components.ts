import { isA } from '../../checker/manifests/kubernetes';
import type { Manifest } from '../../checker/manifests/manifest';
import { parseImage } from '../../formats/image';
import { type ApiObject, type ContainerStatus, mainOf, templateOf } from '../cluster/api-object';
import { applying } from '../cluster/rollout/advice';
import { containersOf, type Scene } from '../cluster/rollout/diagnosis';
import { workloadDiagnosis } from '../cluster/rollout/workload-diagnosis';
import { type Facts, podsOf } from './facts';
import { type ComponentStatus, type Concern, type Findings, problem, warning } from './status';

/** Hours for which a restart for lack of memory is worth a word. */
const RECENT = 24;

interface Components extends Findings {
  readonly components: readonly ComponentStatus[];
}

/** Everything that should run all the time, in the order of the sources. */
export function components(expected: readonly Manifest[], facts: Facts, scene: Scene, now: Date): Components {
  const concerns: Concern[] = [];
  const rows = expected
    .filter((one) => isA(one, 'Deployment', 'StatefulSet'))
    .map((source): ComponentStatus => {
      const about = source.metadata.name;
      const workload = facts.find(source.kind, about);
      if (!workload) {
        const isUnread = facts.unread.has(source.kind);
        const next = `Create it again: \`${applying(scene)}\``;
        if (!isUnread) concerns.push(problem(about, { reason: 'does not exist', next }));
        const wanted = source.spec?.replicas ?? 1;
        return { ...ABSENT, component: about, kind: source.kind, ready: isUnread ? null : 0, wanted };
      }
      const pods = podsOf(facts, workload);
      const row = rowOf(workload, source, pods);
      const diagnosis = row.wanted === 0 ? SCALED_DOWN(scene) : workloadDiagnosis(workload, pods, scene);
      if (diagnosis) concerns.push(problem(about, diagnosis));
      if (row.lastRestart?.reason === 'OOMKilled' && hoursSince(row.lastRestart.at, now) < RECENT)
        concerns.push(warning(about, OUT_OF_MEMORY));
      return row;
    });
  return { components: rows, concerns };
}

const OUT_OF_MEMORY = {
  reason: 'was restarted because it exceeded its memory limit (OOMKilled)',
  next: 'If it happens again, raise its memoryLimit in lib/environments',
};

const SCALED_DOWN = (scene: Scene) => ({
  reason: 'it is scaled to 0',
  next: `If that is not intended: \`${applying(scene)}\``,
});

const ABSENT = { version: null, sourceVersion: null, restarts: 0, lastRestart: null, since: null };

function rowOf(
  workload: ApiObject,
  source: Pick<ApiObject, 'spec'>,
  pods: readonly ApiObject[],
): ComponentStatus {
  const { kind, metadata, spec, status = {} } = workload;
  const [version, sourceVersion] = [versionOf(workload), versionOf(source)];
  const live = pods.filter(({ metadata }) => !metadata.deletionTimestamp);
  const containers = live.flatMap(containersOf);
  return {
    component: metadata.name,
    kind,
    ready: status.readyReplicas ?? 0,
    wanted: spec?.replicas ?? 1,
    version,
    sourceVersion: sourceVersion === version ? null : sourceVersion,
    restarts: containers.reduce((sum, { restartCount = 0 }) => sum + restartCount, 0),
    lastRestart: lastEnd(containers),
    since:
      live
        .map(({ status }) => status?.startTime)
        .filter(Boolean)
        .sort()
        .at(-1) ?? null,
  };
}

/** The label, or else the tag of the main container's image. */
function versionOf(workload: Pick<ApiObject, 'spec'>): string | null {
  const template = templateOf(workload);
  const label = template.metadata?.labels?.['app.kubernetes.io/version'];
  return label ?? parseImage(mainOf(template).image ?? '')?.tag ?? null;
}

function lastEnd(containers: readonly ContainerStatus[]): ComponentStatus['lastRestart'] {
  const ends = containers
    .flatMap(({ restartCount = 0, lastState }) => (restartCount > 0 && lastState?.terminated) || [])
    .map(({ reason = '', exitCode, finishedAt: at = '' }) => ({
      reason: reason === 'Error' ? `exit code ${exitCode}` : reason,
      at,
    }));
  return ends.sort((a, b) => (a.at < b.at ? -1 : 1)).at(-1) ?? null;
}

const hoursSince = (time: string, now: Date): number => (now.getTime() - Date.parse(time)) / 3_600_000;
