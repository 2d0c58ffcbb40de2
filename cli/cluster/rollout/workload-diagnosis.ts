import type { ApiObject } from '../kubectl';
import { brief, type Diagnosis, type Scene } from './diagnosis';
import { takesLong } from './logs';
import { podDiagnosis } from './pods';
import { lackOf } from './workloads';

/** Why a workload is not ready, with the pod that shows it best; undefined if it is ready. */
export function workloadDiagnosis(
  workload: ApiObject,
  pods: readonly ApiObject[],
  scene: Scene,
): Diagnosis | undefined {
  const { lack } = lackOf(workload);
  if (lack === undefined) return undefined;
  const newestFirst = [...pods].sort((a, b) => (created(a) < created(b) ? 1 : -1));
  // Of a Job, a pod that runs is what it should be, and may take long all the same.
  const recognizers = workload.kind === 'Job' ? [podDiagnosis, takesLong] : [podDiagnosis];
  for (const recognize of recognizers) {
    for (const pod of newestFirst) {
      const found = recognize(pod, scene);
      if (!found) continue;
      const { reason, next, short = reason.split(': ')[0] } = found;
      return { reason: `${lack}; ${pod.metadata.name}: ${reason}`, next, short };
    }
  }
  const refused = refusal(workload, scene);
  if (refused) return { ...refused, reason: `${lack}; ${refused.reason}` };
  const { kind, metadata } = workload;
  const describe = scene.kubectl.typed('describe', kind.toLowerCase(), metadata.name);
  return { reason: lack, next: `Wait a moment; see \`${describe}\``, short: lack };
}

const created = ({ metadata }: ApiObject): string => metadata.creationTimestamp ?? '';

/** The cluster does not let the pods be created at all: only events say so, those of what creates the pods. */
function refusal(
  { kind, metadata }: ApiObject,
  { events, kubectl, environment }: Scene,
): Diagnosis | undefined {
  const creates = ({ kind: creator, name }: { kind: string; name: string }) =>
    kind === 'Deployment'
      ? creator === 'ReplicaSet' && name.replace(/-[a-z0-9]+$/, '') === metadata.name
      : creator === kind && name === metadata.name;
  const [message] = events
    .filter(({ reason, involvedObject }) => reason === 'FailedCreate' && creates(involvedObject))
    .map(({ message }) => message as string)
    .slice(-1);
  if (message === undefined) return undefined;
  const short = 'no pod can be created';
  const reason = `${short}: ${brief(message)}`;
  const describe = (...what: string[]) => `\`${kubectl.typed('describe', ...what)}\``;
  const next = /exceeded quota/.test(message)
    ? `Raise \`quota\` in lib/environments/${environment}.ts; ${describe('quota')}`
    : `See ${describe(kind.toLowerCase(), metadata.name)}`;
  return { reason, next, short };
}
