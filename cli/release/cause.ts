import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { isReady } from '../cluster/readiness';
import type { Trouble } from '../diagnosis/trouble';
import { workloadTrouble } from '../diagnosis/workloads';
import type { Workload } from './workloads';

const LOG_LINES = 12;
const OTHERS = 4;
const EVENTS = 4;
const WIDTH = 160;

/** Why a release is not healthy, on one screen: the worst first with its log, the others in a line each, the last warnings. */
export async function causeOf(
  kubectl: Kubectl,
  environment: string,
  open: readonly Workload[],
  worst: Workload,
  events: readonly ApiObject[],
): Promise<Trouble> {
  const scene = { environment, kind: 'hosted' as const, kubectl, events };
  const troubleOf = ({ object, pods }: Workload) => object && workloadTrouble(object, pods, scene);
  const trouble = troubleOf(worst);
  const others = open.filter((one) => one !== worst);
  const lines = [
    `${worst.name}: ${trouble?.reason ?? worst.lack}`,
    ...(await lastWords(kubectl, worst)),
    ...others.slice(0, OTHERS).map((one) => `${one.name}: ${troubleOf(one)?.reason ?? one.lack}`),
    ...(others.length > OTHERS ? [`and ${others.length - OTHERS} more`] : []),
    ...warnings(events, worst),
  ];
  return {
    reason: lines.map((line) => line.slice(0, WIDTH)).join('\n  '),
    next: trouble?.next ?? `See \`${kubectl.typed('get', 'pods')}\``,
  };
}

/** The end of the log of the container that keeps a workload from being ready. */
async function lastWords(kubectl: Kubectl, { pods }: Workload): Promise<string[]> {
  const pod = pods.find((one) => !isReady(one) && one.status?.phase !== 'Succeeded');
  const container = pod && failing(pod);
  if (!container) return [];
  const args = ['logs', pod.metadata.name, `--container=${container}`, `--tail=${LOG_LINES}`];
  const now = await kubectl.attempt(args);
  // After a crash the interesting log is the one of the container that is gone.
  const { code, stdout } = now.stdout.trim() ? now : await kubectl.attempt([...args, '--previous']);
  return code === 0
    ? stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => `  ${container} | ${line}`)
    : [];
}

const failing = ({ status }: ApiObject): string | undefined =>
  [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].find(
    ({ ready, state }: ApiObject) => !ready && state && state.terminated?.exitCode !== 0,
  )?.name;

/** What Kubernetes complained about last, of this workload and its pods. */
function warnings(events: readonly ApiObject[], { object, pods }: Workload): string[] {
  const about = [object, ...pods].flatMap((one) => one?.metadata.uid ?? []);
  const lines = events
    .filter(({ involvedObject }) => about.includes(involvedObject?.uid))
    .map(
      ({ involvedObject, reason, message }) =>
        `${involvedObject.name} ${reason}: ${message}`.split('\n')[0] ?? '',
    );
  return [...new Set(lines)].slice(-EVENTS);
}
