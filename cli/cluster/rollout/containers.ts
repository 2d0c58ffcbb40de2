import type { ApiObject, ContainerStatus, Ended } from '../api-object';
import { missingReference } from './advice';
import { AT_ONCE, brief, containersOf, MINUTES, type Recognize, SOON } from './diagnosis';

const waitingFor = (pod: ApiObject, reason: RegExp): ContainerStatus | undefined =>
  containersOf(pod).find(({ state }) => reason.test(state?.waiting?.reason ?? ''));

const LOOK =
  'Push it (on a laptop: load it into the cluster), or fix its name in lib/environments and deploy again; ' +
  'see also docs/clusters.md#a-private-registry';
const DENIED = 'there is no such image, or the registry denies access';

/** An image cannot be pulled. */
export const image: Recognize = (pod, { own }) => {
  const container = waitingFor(pod, /Image|Registry/);
  if (!container) return undefined;
  const { reason = '', message = '' } = container.state?.waiting ?? {};
  const [, why, looks, next = LOOK] =
    PULL_FAILURES.find(([pattern]) => pattern.test(`${reason} ${message}`)) ?? [];
  return {
    reason: `the image ${container.image} cannot be pulled: ${why}`,
    next,
    looks: own?.includes(container.image ?? '') ? AT_ONCE : looks,
  };
};

/** Registries word it in many ways. */
const PULL_FAILURES: readonly (readonly [RegExp, why: string, looks: number, next?: string])[] = [
  [/access denied/i, DENIED, AT_ONCE],
  [/denied|unauthorized|forbidden|authorization|\b40[13]\b/i, DENIED, SOON],
  [
    /no such host|timeout|refused|unreachable|dial tcp|lookup/i,
    'the registry does not answer',
    MINUTES,
    'Check its name in lib/environments, and that the nodes can reach it',
  ],
  [/not found|unknown|InvalidImageName|parse/i, 'there is no such image', AT_ONCE],
  [/ErrImageNeverPull/, 'it is missing', AT_ONCE],
  [/./, 'it is missing', SOON],
];

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
