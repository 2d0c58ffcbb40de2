import type { ApiObject } from '../kubectl';
import { isReady } from '../readiness';
import { dnsFirst } from './advice';
import { containersOf, type Diagnosis, type Scene } from './diagnosis';
import { workloadDiagnosis } from './workload-diagnosis';
import type { Workload } from './workloads';

const LOG_LINES = 12;
const OTHERS = 4;
const EVENTS = 4;
const WIDTH = 200;

/** Why a rollout is not ready, on one screen: the worst first with its log, the others in a line each, the last warnings. */
export async function reportOf(scene: Scene, open: readonly Workload[], worst: Workload): Promise<Diagnosis> {
  const { kubectl, events } = scene;
  const diagnosisOf = ({ object, pods }: Workload) => object && workloadDiagnosis(object, pods, scene);
  const cause = diagnosisOf(worst);
  const others = open.filter((one) => one !== worst);
  const lines = [
    `${worst.name}: ${cause?.reason ?? worst.lack}`,
    ...(await lastLogLines(scene, worst)),
    ...others.slice(0, OTHERS).map((one) => `${one.name}: ${diagnosisOf(one)?.reason ?? one.lack}`),
    ...(others.length > OTHERS ? [`and ${others.length - OTHERS} more`] : []),
    ...warnings(events, worst),
  ];
  const next = cause?.next ?? `See \`${kubectl.typed('get', 'pods')}\``;
  const first = dnsFirst(lines.join('\n'), scene.environment);
  return {
    reason: lines.map((line) => line.slice(0, WIDTH)).join('\n  '),
    next: next.startsWith(first) ? next : first + next,
  };
}

/** The end of the log of the container that keeps a workload from being ready. */
async function lastLogLines({ kubectl }: Scene, { pods }: Workload): Promise<string[]> {
  const pod = pods.find((one) => !isReady(one) && one.status?.phase !== 'Succeeded');
  const container = pod && failing(pod);
  if (!container) return [];
  const args = ['logs', pod.metadata.name, `--container=${container}`, `--tail=${LOG_LINES}`];
  const now = await kubectl.attempt(args);
  // After a crash the interesting log is the one of the container that is gone.
  const { code, stdout } = now.stdout.trim() ? now : await kubectl.attempt([...args, '--previous']);
  const lines = code === 0 ? stdout.split('\n').filter(Boolean) : [];
  return lines.map((line) => `  ${container} | ${line}`);
}

const failing = (pod: ApiObject): string | undefined =>
  containersOf(pod).find(({ ready, state }) => !ready && state && state.terminated?.exitCode !== 0)?.name;

/** What Kubernetes warned about last, of this workload and its pods. */
function warnings(events: readonly ApiObject[], { object, pods }: Workload): string[] {
  const about = [object, ...pods].map((one) => one?.metadata.uid).filter((uid) => uid !== undefined);
  const lines = events
    .filter(({ involvedObject }) => involvedObject?.uid && about.includes(involvedObject.uid))
    .map(
      ({ involvedObject, reason, message }) =>
        `${involvedObject?.name} ${reason}: ${message}`.split('\n')[0] ?? '',
    );
  return [...new Set(lines)].slice(-EVENTS);
}
