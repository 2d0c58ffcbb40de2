import type { ApiObject } from '../cluster/kubectl';
import { isReady, podState } from '../cluster/readiness';
import { ended, image, unstartable } from './containers';
import { missingReference } from './references';
import { brief, lastWarning, type Recognize, type Scene, type Trouble } from './trouble';
import { lastWords, waits } from './waits';

/** Why a pod does not serve; undefined if it does, is done, or is about to go. */
export const podTrouble: Recognize = (pod, scene) => {
  const { phase } = pod.status;
  if (isReady(pod) || phase === 'Succeeded' || pod.metadata.deletionTimestamp) return undefined;
  for (const recognize of [evicted, unscheduled, image, unstartable, mount, ended, gate, waits, probe]) {
    const trouble = recognize(pod, scene);
    if (trouble) return trouble;
  }
  return starting(pod, scene);
};

const describe = ({ kubectl }: Scene, pod: string): string =>
  `See \`${kubectl.typed('describe', 'pod', pod)}\``;

const evicted: Recognize = ({ status }) =>
  status.reason === 'Evicted'
    ? {
        reason: `its machine has thrown it out: ${brief(status.message ?? '')}`,
        next: 'Find out what uses so much of it: memory, or files in /tmp and logs',
      }
    : undefined;

const unscheduled: Recognize = ({ status }) => {
  const message: string | undefined = status.conditions?.find(
    ({ type, status }: { type: string; status: string }) => type === 'PodScheduled' && status === 'False',
  )?.message;
  if (!message) return undefined;
  if (/PersistentVolumeClaim/i.test(message)) {
    return {
      reason: `its disk is not there: ${brief(message)}`,
      next: 'Has the cluster a default storage class? `kubectl get storageclass`, `npx coped doctor`',
    };
  }
  return {
    reason: `no machine has room: ${brief(message)}`,
    next: 'Add machines, or lower requests in lib/environments',
  };
};

/** Before the first container: disks and Secrets are brought to the machine. */
const mount: Recognize = (pod, scene) => {
  if (started(pod.status)) return undefined;
  const message = lastWarning(scene, pod.metadata.uid, /FailedMount|FailedAttach/);
  if (!message) return undefined;
  return (
    missingReference(message, scene) ?? {
      reason: `its disk or files do not come: ${brief(message)}`,
      next: describe(scene, pod.metadata.name),
    }
  );
};

const started = ({ initContainerStatuses = [], containerStatuses = [] }: ApiObject): boolean =>
  [...initContainerStatuses, ...containerStatuses].some(
    ({ state, lastState }) => state?.running || state?.terminated || lastState?.terminated,
  );

/** The init container that holds pods of a new release back until their tables are there. */
const GATE = 'wait-for-schema';

const gate: Recognize = (pod, { environment, kind, kubectl, said }) => {
  const held = pod.status.initContainerStatuses?.some(
    ({ name, state }: { name: string; state?: { running?: object } }) => name === GATE && state?.running,
  );
  if (!held) return undefined;
  const why = `why it goes on waiting stands in its log: \`${kubectl.typed('logs', pod.metadata.name, `--container=${GATE}`)}\``;
  return {
    reason: `it waits for the tables of its release${lastWords(pod, said) ?? ''}`,
    next:
      kind === 'local'
        ? `web makes them when it starts, so look first at web; ${why}`
        : `Migrate: \`npx coped migrate ${environment}\`; ${why}`,
  };
};

const probe: Recognize = (pod, scene) => {
  const message = lastWarning(scene, pod.metadata.uid, /Unhealthy/);
  const [main] = pod.status.containerStatuses ?? [];
  if (!message || !main?.state?.running) return undefined;
  const { kubectl } = scene;
  return {
    reason: `${main.started ? 'it runs but does not answer' : 'it is starting, and does not answer yet'}: ${brief(message)}`,
    next: `Why stands in its log: \`${kubectl.typed('logs', pod.metadata.name, '--tail=20')}\``,
  };
};

const starting = (pod: Parameters<Recognize>[0], scene: Scene): Trouble => ({
  reason: podState(pod).slice(pod.metadata.name.length + 1),
  next: `Wait a moment; ${describe(scene, pod.metadata.name)}`.replace('; S', '; s'),
});
