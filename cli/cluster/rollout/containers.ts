import type { ApiObject } from '../kubectl';
import { brief, containersOf, type Recognize } from './diagnosis';
import { missingReference } from './references';

const waitingFor = (pod: ApiObject, reason: RegExp): ApiObject | undefined =>
  containersOf(pod).find(({ state }) => reason.test(state?.waiting?.reason ?? ''));

/** An image cannot be pulled. */
export const image: Recognize = (pod) => {
  const container = waitingFor(pod, /Image/);
  if (!container) return undefined;
  const { reason, message = '' } = container.state.waiting;
  const [why, next] = pullFailure(`${reason} ${message}`);
  return { reason: `the image ${container.image} cannot be pulled: ${why}`, next };
};

/** Registries word it in many ways. */
function pullFailure(message: string): [why: string, next: string] {
  if (/denied|unauthorized|forbidden|authorization|\b40[13]\b/i.test(message)) {
    return ['there is no such image, or the registry denies access', LOOK];
  }
  if (/no such host|timeout|refused|unreachable|dial tcp|lookup/i.test(message)) {
    return [
      'the registry does not answer',
      'Is its name right in lib/environments, and can the machines reach it?',
    ];
  }
  if (/not found|unknown|InvalidImageName|parse/i.test(message)) return ['there is no such image', LOOK];
  return ['it is not there', LOOK];
}

const LOOK =
  'Push it (on a laptop: load it into the cluster), or fix its name in lib/environments and deploy again; ' +
  'see also docs/clusters.md#a-private-registry';

/** A program ends, again and again. */
export const ended: Recognize = (pod, { kubectl }) => {
  const container = containersOf(pod).find((one) => endOf(one)?.exitCode > 0);
  if (!container) return undefined;
  const { name, state, restartCount = 0 } = container;
  const { reason, exitCode } = endOf(container);
  const times = restartCount > 0 ? `, ${restartCount + 1} times so far` : '';
  if (reason === 'OOMKilled') {
    return {
      reason: `${name} exceeded its memory limit${times} (OOMKilled)`,
      next: 'Raise its memoryLimit in lib/environments, then deploy',
    };
  }
  const before = state?.terminated ? [] : ['--previous'];
  const logs = kubectl.typed('logs', pod.metadata.name, `--container=${name}`, '--tail=20', ...before);
  return {
    reason: `${name} ends with exit code ${exitCode}${times}`,
    next: `Its last log lines: \`${logs}\``,
  };
};

/** How a container ended that does not run now. */
const endOf = ({ state, lastState }: ApiObject): ApiObject =>
  state?.terminated ?? (state?.running ? undefined : lastState?.terminated);

/** A container cannot be made of what the pod says. */
export const unstartable: Recognize = (pod, scene) => {
  const container = waitingFor(pod, /^(Create|Run)Container/);
  if (!container) return undefined;
  const { reason, message = reason } = container.state.waiting;
  return (
    missingReference(message, scene) ?? {
      reason: `${container.name} cannot be started: ${brief(message)}`,
      next: `See \`${scene.kubectl.typed('describe', 'pod', pod.metadata.name)}\``,
    }
  );
};
