import type { ApiObject } from '../cluster/kubectl';
import type { Workload } from './workloads';

/** A sign that a workload will not get ready by itself. */
export interface Sign {
  readonly of: string;
  /** How many looks in a row, a second apart, must see it: some things mend themselves. */
  readonly looks: number;
}

const AT_ONCE = 1;
/** Registries have hiccups; a Secret may be on its way. */
const SOON = 10;
/** A rollout takes a pod more than there is room for, until an old one has gone. */
const LATER = 45;

/** Crashes after which nobody believes in the next start. */
const CRASHES = 3;

/** Why it is no use to wait for a workload; undefined as long as there is hope. */
export function signOf(
  { name, object, failed, pods }: Workload,
  events: readonly ApiObject[],
): Sign | undefined {
  if (failed) return { of: `${name} failed`, looks: AT_ONCE };
  const sign =
    first(pods, (pod) => inContainers(pod) ?? notMounted(pod, events)) ?? first([object], conditions);
  return sign ?? refused(name, pods, events);
}

const first = (
  objects: readonly ApiObject[],
  of: (object: ApiObject) => Sign | undefined,
): Sign | undefined => {
  for (const object of objects) {
    const sign = object && of(object);
    if (sign) return sign;
  }
  return undefined;
};

/** What kubelet says of a container that it cannot start. */
const WAITING: readonly (readonly [RegExp, number])[] = [
  [/^(InvalidImageName|ErrImageNeverPull)$/, AT_ONCE],
  [/^(ErrImagePull|ImagePullBackOff|RegistryUnavailable|ImageInspectError)$/, SOON],
  [/^(CreateContainerConfigError|CreateContainerError|RunContainerError)$/, SOON],
];

const inContainers = ({ metadata, status = {} }: ApiObject): Sign | undefined =>
  first([...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])], (container) => {
    const { name, state, restartCount } = container;
    const reason: string = state?.waiting?.reason ?? '';
    // Backing off and trying are the same trouble, seen at different moments.
    const of = `${metadata.name} ${name}`;
    if (reason === 'CrashLoopBackOff' && restartCount >= CRASHES - 1) return { of, looks: AT_ONCE };
    const known = WAITING.find(([pattern]) => pattern.test(reason));
    return known && { of, looks: known[1] };
  });

/** A Secret or ConfigMap that is not there keeps the pod from starting for ever. */
function notMounted({ metadata, status = {} }: ApiObject, events: readonly ApiObject[]): Sign | undefined {
  if (status.phase !== 'Pending') return undefined;
  const missing = events.some(
    ({ involvedObject, reason, message }) =>
      involvedObject?.uid === metadata.uid &&
      reason === 'FailedMount' &&
      /not found|non-existent/.test(message),
  );
  return missing && !hasStarted(status) ? { of: `${metadata.name} mount`, looks: SOON } : undefined;
}

const hasStarted = ({ initContainerStatuses = [], containerStatuses = [] }: ApiObject): boolean =>
  [...initContainerStatuses, ...containerStatuses].some(
    ({ state, lastState }) => state?.running || state?.terminated || lastState?.terminated,
  );

/** What a Deployment says of itself: it may make no pods, or has given up. */
const conditions = ({ kind, metadata, status = {} }: ApiObject): Sign | undefined =>
  kind !== 'Deployment'
    ? undefined
    : first(status.conditions ?? [], ({ type, status: holds, reason, message }) => {
        const of = `${metadata.name} ${type}`;
        if (type === 'ReplicaFailure' && holds === 'True') return { of, looks: patienceWith(message) };
        return type === 'Progressing' && reason === 'ProgressDeadlineExceeded'
          ? { of, looks: LATER }
          : undefined;
      });

/** Of other workloads only events say so. */
function refused(name: string, pods: readonly ApiObject[], events: readonly ApiObject[]): Sign | undefined {
  if (pods.length > 0) return undefined;
  const last = events
    .filter(
      ({ involvedObject: { kind, name: of }, reason }) =>
        reason === 'FailedCreate' && `${kind}/${of}` === name,
    )
    .at(-1);
  return last && { of: `${name} refused`, looks: patienceWith(last.message) };
}

/** Room comes back; a rule of Pod Security stays. */
const patienceWith = (message = ''): number => (/exceeded quota/.test(message) ? LATER : SOON);
