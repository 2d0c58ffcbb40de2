import type { ContainerStatus, Ended } from '../api-object';
import { missingReference } from './advice';
import { AT_ONCE, brief, containersOf, type Recognize, SOON, waitingFor } from './diagnosis';

/** Restarts after which the next one will not help either: a program may have waited for another one. */
const RESTARTS = 3;

/** A program ends, again and again. */
export const ended: Recognize = (pod, { kubectl }) => {
  const container =
    waitingFor(pod, /^CrashLoopBackOff$/) ?? containersOf(pod).find((one) => (endOf(one)?.exitCode ?? 0) > 0);
  if (!container) return undefined;
  const { name, state, restartCount = 0 } = container;
  const { reason, exitCode = 0 } = endOf(container) ?? {};
  const times = restartCount > 0 ? `, ${restartCount + 1} times so far` : '';
  const looks =
    state?.waiting?.reason === 'CrashLoopBackOff' && restartCount >= RESTARTS ? AT_ONCE : undefined;
  if (reason === 'OOMKilled') {
    return {
      reason: `${name} exceeded its memory limit${times} (OOMKilled)`,
      next: 'Raise its memoryLimit in lib/environments, then deploy',
      looks,
    };
  }
  const before = state?.terminated ? [] : ['--previous'];
  const logs = kubectl.typed('logs', pod.metadata.name, `--container=${name}`, '--tail=20', ...before);
  return {
    reason: `${name} ends with exit code ${exitCode}${times}`,
    next: `Its last log lines: \`${logs}\``,
    looks,
  };
};

/** How a container ended that does not run now. */
const endOf = ({ state, lastState }: ContainerStatus): Ended | undefined =>
  state?.terminated ?? (state?.running ? undefined : lastState?.terminated);

/** A container cannot be made of what the pod says. */
export const unstartable: Recognize = (pod, scene) => {
  const container = waitingFor(pod, /^(Create|Run)Container/);
  if (!container) return undefined;
  const { reason = '', message = reason } = container.state?.waiting ?? {};
  const why = missingReference(message, scene) ?? {
    reason: `${container.name} cannot be started: ${brief(message)}`,
    next: `See \`${scene.kubectl.typed('describe', 'pod', pod.metadata.name)}\``,
  };
  return { ...why, looks: SOON };
};
