import { type ApiObject, oldestFirst } from '../api-object';
import { conditionOf } from '../readiness';
import { AT_ONCE, brief, type Diagnosis, LATER, type Scene, SOON } from './diagnosis';
import { takesLong } from './logs';
import { podDiagnosis } from './pods';
import { lackOf } from './workloads';

export interface WorkloadDiagnosis extends Diagnosis {
  readonly short: string;
  /** What the looks have to find in a row: the reason itself may have a log line in it that changes. */
  readonly cause: string;
}

/** Why a workload is not ready, with the pod that shows it best; undefined if it is ready. */
export function workloadDiagnosis(
  workload: ApiObject,
  pods: readonly ApiObject[],
  scene: Scene,
): WorkloadDiagnosis | undefined {
  const { lack, failed } = lackOf(workload);
  if (lack === undefined) return undefined;
  const newestFirst = [...pods].sort(oldestFirst).reverse();
  // Of a Job, a pod that runs is what it should be, and may take long all the same.
  const recognizers = workload.kind === 'Job' ? [podDiagnosis, takesLong] : [podDiagnosis];
  const found = recognizers.flatMap((recognize) =>
    newestFirst.flatMap((pod) => {
      const diagnosis = recognize(pod, scene);
      return diagnosis ? [{ short: diagnosis.reason.split(': ')[0] ?? '', ...diagnosis, pod }] : [];
    }),
  );
  const last = failed ? AT_ONCE : finalLooks(workload);
  const best = found.find(({ looks }) => looks !== undefined) ?? found[0];
  const cause = 'of the workload';
  if (best) {
    const { pod, next, short, looks } = best;
    const reason = `${lack}; ${pod.metadata.name}: ${best.reason}`;
    if (looks === undefined || failed) return { reason, next, short, looks: last, cause };
    return { reason, next, short, looks, cause: short };
  }
  const refused = refusal(workload, pods, scene);
  if (refused) return { looks: last, cause, ...refused, reason: `${lack}; ${refused.reason}` };
  const { kind, metadata } = workload;
  const describe = scene.kubectl.typed('describe', kind.toLowerCase(), metadata.name);
  return { reason: lack, next: `Wait a moment; see \`${describe}\``, short: lack, looks: last, cause };
}

/** What a Deployment says of itself: it may create no pods, or has given up. */
function finalLooks(workload: ApiObject): number | undefined {
  const refused = conditionOf(workload, 'ReplicaFailure');
  if (refused) return patienceWith(refused.message);
  const isOver = conditionOf(workload, 'Progressing', 'False')?.reason === 'ProgressDeadlineExceeded';
  return isOver ? LATER : undefined;
}

/** Room comes back; a rule of Pod Security stays. */
const patienceWith = (message = ''): number => (/exceeded quota/.test(message) ? LATER : SOON);

/** The cluster does not let the pods be created at all: only events say so, those of what creates the pods. */
function refusal(
  { kind, metadata }: ApiObject,
  pods: readonly ApiObject[],
  { events, kubectl, environment }: Scene,
): (Pick<Diagnosis, 'reason' | 'next' | 'looks'> & { short: string }) | undefined {
  const creates = ({ kind: creator, name = '' }: NonNullable<ApiObject['involvedObject']>) =>
    kind === 'Deployment'
      ? creator === 'ReplicaSet' && name.replace(/-[a-z0-9]+$/, '') === metadata.name
      : creator === kind && name === metadata.name;
  const [message] = events
    .filter(
      ({ reason, involvedObject }) => reason === 'FailedCreate' && involvedObject && creates(involvedObject),
    )
    .map(({ message = '' }) => message)
    .slice(-1);
  if (message === undefined) return undefined;
  const short = 'no pod can be created';
  const reason = `${short}: ${brief(message)}`;
  const describe = (...what: string[]) => `\`${kubectl.typed('describe', ...what)}\``;
  const next = /exceeded quota/.test(message)
    ? `Raise \`quota\` in lib/environments/${environment}.ts; ${describe('quota')}`
    : `See ${describe(kind.toLowerCase(), metadata.name)}`;
  // Those of a Deployment may be about an earlier template: its own conditions say what holds now.
  const isNow = kind !== 'Deployment' && pods.length === 0;
  return { reason, next, short, ...(isNow && { looks: patienceWith(message) }) };
}
