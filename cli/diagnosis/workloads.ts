import type { ApiObject } from '../cluster/kubectl';
import { missing } from '../cluster/readiness';
import { podTrouble } from './pods';
import { brief, type Scene, type Trouble } from './trouble';
import { waits } from './waits';

/**
 * Why a workload is not as it should be, with the pod that shows it best; undefined if it is.
 *
 * @param pods those of the workload
 */
export function workloadTrouble(
  workload: ApiObject,
  pods: readonly ApiObject[],
  scene: Scene,
): Trouble | undefined {
  const lack = lackOf(workload);
  if (lack === undefined) return undefined;
  const newestFirst = [...pods].sort((a, b) => (created(a) < created(b) ? 1 : -1));
  for (const pod of newestFirst) {
    const trouble = podTrouble(pod, scene);
    if (trouble) return { ...trouble, reason: `${lack}; ${pod.metadata.name}: ${trouble.reason}` };
  }
  // Of a Job, a pod that runs is what it should be, and may wait all the same.
  for (const pod of workload.kind === 'Job' ? newestFirst : []) {
    const trouble = waits(pod, scene);
    if (trouble) return { ...trouble, reason: `${lack}; ${pod.metadata.name}: ${trouble.reason}` };
  }
  const refused = refusal(workload, scene);
  if (refused) return { ...refused, reason: `${lack}; ${refused.reason}` };
  const { kind, metadata } = workload;
  const describe = scene.kubectl.typed('describe', kind.toLowerCase(), metadata.name);
  return { reason: lack, next: `Wait a moment; see \`${describe}\`` };
}

const created = ({ metadata }: ApiObject): string => metadata.creationTimestamp ?? '';

function lackOf(workload: ApiObject): string | undefined {
  try {
    return missing(workload);
  } catch (error) {
    return (error as Error).message;
  }
}

/** The cluster does not let the pods be made at all: only events say so, those of whatever makes the pods. */
function refusal(
  { kind, metadata }: ApiObject,
  { events, kubectl, environment }: Scene,
): Trouble | undefined {
  const makes = ({ kind: maker, name }: { kind: string; name: string }) =>
    kind === 'Deployment'
      ? maker === 'ReplicaSet' && name.replace(/-[a-z0-9]+$/, '') === metadata.name
      : maker === kind && name === metadata.name;
  const [message] = events
    .filter(({ reason, involvedObject }) => reason === 'FailedCreate' && makes(involvedObject))
    .map(({ message }) => message as string)
    .slice(-1);
  if (message === undefined) return undefined;
  const reason = `no pod may be made: ${brief(message)}`;
  if (/exceeded quota/.test(message)) {
    return {
      reason,
      next: `Raise \`quota\` in lib/environments/${environment}.ts; \`${kubectl.typed('describe', 'quota')}\``,
    };
  }
  return { reason, next: `See \`${kubectl.typed('describe', kind.toLowerCase(), metadata.name)}\`` };
}
