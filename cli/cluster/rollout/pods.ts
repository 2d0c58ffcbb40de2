import type { ApiObject, Kubectl } from '../kubectl';
import { conditionOf, isReady, podState } from '../readiness';
import { dnsFirst, missingReference } from './advice';
import { ended, unstartable } from './containers';
import {
  brief,
  type Diagnosis,
  hasStarted,
  lastWarning,
  type Recognize,
  type Scene,
  SOON,
} from './diagnosis';
import { takesLong, waitingSince } from './logs';
import { image } from './pulls';
import type { Workload } from './workloads';

/** Why a pod does not serve; undefined if it does, is done, or is about to go. */
export const podDiagnosis: Recognize = (pod, scene) => {
  if (isReady(pod) || pod.status?.phase === 'Succeeded' || pod.metadata.deletionTimestamp) return undefined;
  for (const recognize of [evicted, unscheduled, image, unstartable, mount, ended, gate, takesLong, probe]) {
    const found = recognize(pod, scene);
    if (found) return found;
  }
  return starting(pod, scene);
};

const describe = ({ kubectl }: Scene, pod: string): string =>
  `See \`${kubectl.typed('describe', 'pod', pod)}\``;

const evicted: Recognize = ({ status }) =>
  status?.reason === 'Evicted'
    ? {
        reason: `its node has evicted it: ${brief(status.message ?? '')}`,
        next: 'Find out what uses so much: memory, or files in /tmp and logs',
      }
    : undefined;

const unscheduled: Recognize = (pod) => {
  const message = conditionOf(pod, 'PodScheduled', 'False')?.message;
  if (!message) return undefined;
  if (/PersistentVolumeClaim/i.test(message)) {
    return {
      reason: `its volume is missing: ${brief(message)}`,
      next: 'Check the default storage class: `kubectl get storageclass`, `npx coped doctor`',
    };
  }
  return {
    reason: `it cannot be scheduled: ${brief(message)}`,
    next: 'Add nodes, or lower requests in lib/environments',
  };
};

/** Before the first container: volumes are mounted. */
const mount: Recognize = (pod, scene) => {
  if (hasStarted(pod)) return undefined;
  const message = lastWarning(scene, pod.metadata.uid, /FailedMount|FailedAttach/);
  if (!message) return undefined;
  const why = missingReference(message, scene) ?? {
    reason: `its volumes cannot be mounted: ${brief(message)}`,
    next: describe(scene, pod.metadata.name),
  };
  return { ...why, looks: /not found|non-existent/.test(message) ? SOON : undefined };
};

/** The init container that holds pods of a new release back until their tables are there. */
export const GATE = 'wait-for-schema';

const isAtGate = ({ status }: ApiObject): boolean =>
  (status?.initContainerStatuses ?? []).some(({ name, state }) => name === GATE && state?.running);

const gate: Recognize = (pod, { environment, kind, kubectl, logs }) => {
  if (!isAtGate(pod)) return undefined;
  const why = `its log says why: \`${kubectl.typed('logs', pod.metadata.name, `--container=${GATE}`)}\``;
  const reason = `it waits for the tables of its release${waitingSince(pod, logs) ?? ''}`;
  return {
    reason,
    short: reason,
    next:
      dnsFirst(reason, environment) +
      (kind === 'local'
        ? `web creates them when it starts, so look at web first; ${why}`
        : `Migrate: \`npx coped migrate ${environment}\`; ${why}`),
  };
};

/** What it says when it waits for the migration, and not just for the database to start. */
const SAYS = 'run the migration';

/** Whether the pods of a workload wait for the migration and for nothing else. */
export async function waitsForMigration(kubectl: Kubectl, { lack, pods }: Workload): Promise<boolean> {
  const open = pods.filter((pod) => !isReady(pod));
  if (lack === undefined || open.length === 0 || !open.every(isAtGate)) return false;
  const logs = await Promise.all(
    open.map(({ metadata }) => kubectl.run(['logs', metadata.name, `--container=${GATE}`, '--tail=20'])),
  );
  return logs.every((log) => log.includes(SAYS));
}

const probe: Recognize = (pod, scene) => {
  const message = lastWarning(scene, pod.metadata.uid, /Unhealthy/);
  const [main] = pod.status?.containerStatuses ?? [];
  if (!message || !main?.state?.running) return undefined;
  const { kubectl } = scene;
  return {
    reason: `${main.started ? 'it runs but does not answer' : 'it is starting, and does not answer yet'}: ${brief(message)}`,
    next: `Its log: \`${kubectl.typed('logs', pod.metadata.name, '--tail=20')}\``,
  };
};

const starting = (pod: Parameters<Recognize>[0], scene: Scene): Diagnosis => ({
  reason: podState(pod).slice(pod.metadata.name.length + 1),
  next: `Wait a moment; ${describe(scene, pod.metadata.name)}`.replace('; S', '; s'),
});
