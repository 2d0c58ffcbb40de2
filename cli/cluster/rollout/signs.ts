import type { ApiObject } from '../kubectl';
import { containersOf, hasStarted } from './diagnosis';
import type { Workload } from './workloads';

/** A sign that a workload will not become ready by itself. */
export interface Sign {
  readonly of: string;
  /** How many looks in a row, a second apart, must see it: some things pass. */
  readonly looks: number;
}

const AT_ONCE = 1;
/** Registries have hiccups; a Secret may be on its way. */
const SOON = 10;
/** A rollout takes a pod more than there is room for, until an old one has gone. */
const LATER = 45;
/** A registry that does not answer may do so when the network is back. */
const MINUTES = 180;

/** Restarts after which the next one will not help either: a program may have waited for another one. */
const RESTARTS = 3;

/**
 * Why it does not help to wait for a workload; undefined as long as it may.
 * @param own references of images that are built here: no registry will ever have them
 */
export function signOf(
  { name, object, failed, pods }: Workload,
  events: readonly ApiObject[],
  own: readonly string[] = [],
): Sign | undefined {
  if (failed) return { of: `${name} failed`, looks: AT_ONCE };
  const live = pods.filter(({ metadata }) => !metadata.deletionTimestamp);
  return (
    first(live, (pod) => inContainers(pod, own) ?? notMounted(pod, events)) ??
    first([object], conditions) ??
    refused(name, pods, events)
  );
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

const inContainers = (pod: ApiObject, own: readonly string[]): Sign | undefined =>
  first(containersOf(pod), ({ name, image, state, restartCount }) => {
    const { reason = '', message = '' }: { reason?: string; message?: string } = state?.waiting ?? {};
    // Backing off and trying are the same, seen at different moments.
    const of = `${pod.metadata.name} ${name}`;
    if (reason === 'CrashLoopBackOff' && restartCount >= RESTARTS) return { of, looks: AT_ONCE };
    if (/^(Create|Run)Container\w*Error$/.test(reason)) return { of, looks: SOON };
    if (!/Image|Registry/.test(reason)) return undefined;
    if (own.includes(image)) return { of, looks: AT_ONCE };
    return { of, looks: patienceWithRegistry(`${reason} ${message}`) };
  });

function patienceWithRegistry(text: string): number {
  if (/InvalidImageName|ErrImageNeverPull|not found|manifest unknown|access denied/i.test(text))
    return AT_ONCE;
  return /no such host|timeout|refused|unreachable|dial tcp|lookup/i.test(text) ? MINUTES : SOON;
}

/** A missing Secret or ConfigMap keeps the pod from starting for ever. */
function notMounted(pod: ApiObject, events: readonly ApiObject[]): Sign | undefined {
  const { metadata, status = {} } = pod;
  if (status.phase !== 'Pending' || hasStarted(pod)) return undefined;
  const missing = events.some(
    ({ involvedObject, reason, message }) =>
      involvedObject?.uid === metadata.uid &&
      reason === 'FailedMount' &&
      /not found|non-existent/.test(message),
  );
  return missing ? { of: `${metadata.name} mount`, looks: SOON } : undefined;
}

/** What a Deployment says of itself: it may create no pods, or has given up. */
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
