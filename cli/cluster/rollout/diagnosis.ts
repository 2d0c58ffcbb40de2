import type { Environment } from '../../../lib/environments/environment';
import type { ApiObject, ContainerStatus } from '../api-object';
import type { Kubectl } from '../kubectl';

/** Why something is not ready, and what to do about it. */
export interface Diagnosis {
  readonly reason: string;
  readonly next: string;
  /** The reason in a few words, for a line of progress; its beginning if absent. */
  readonly short?: string;
  /** How many looks in a row, a second apart, have to find it until it is given up; absent where it may pass by itself. */
  readonly looks?: number;
}

export const AT_ONCE = 1;
/** Registries have hiccups; a Secret may be on its way. */
export const SOON = 10;
/** A rollout takes a pod more than there is room for, until an old one has gone. */
export const LATER = 45;
/** A registry that does not answer may do so when the network is back. */
export const MINUTES = 180;

/** A container that has been running for a while before the others may start, and the last line of its log. */
export interface Waiting {
  readonly container: string;
  readonly forMilliseconds: number;
  readonly line: string;
}

/** By the pod's name. */
export type Logs = ReadonlyMap<string, Waiting>;

/** What a diagnosis needs besides the object itself. */
export interface Scene {
  /** The environment's name, for commands that can be copied. */
  readonly environment: string;
  /** Which commands it has: a local one is neither deployed nor migrated. */
  readonly kind: Environment['kind'];
  readonly kubectl: Kubectl;
  /** Events of type Warning in the namespace. */
  readonly events: readonly ApiObject[];
  /** Last lines of what others wait for; absent where no log was read. */
  readonly logs?: Logs;
  /** Images that are built here: no registry will ever have them. */
  readonly own?: readonly string[];
}

/** Recognizes one cause. */
export type Recognize = (object: ApiObject, scene: Scene) => Diagnosis | undefined;

/** Whether a warning is about an object, and matches. */
export const isAbout = (
  { involvedObject, message = '', reason = '' }: ApiObject,
  uid: string | undefined,
  pattern: RegExp,
): boolean => involvedObject?.uid === uid && pattern.test(`${reason}: ${message}`);

/** The last of them. */
export function lastWarning(
  { events }: Pick<Scene, 'events'>,
  uid: string | undefined,
  pattern: RegExp,
): string | undefined {
  const about = events.filter((event) => isAbout(event, uid, pattern));
  return about.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1)).at(-1)?.message;
}

const timeOf = (event: ApiObject): string =>
  event.series?.lastObservedTime ??
  event.lastTimestamp ??
  event.eventTime ??
  event.metadata.creationTimestamp ??
  '';

/** Messages of Kubernetes go on for lines; the first says what it is. */
export const brief = (text: string): string => (text.split('\n')[0] ?? '').trim().slice(0, 240);

/** Statuses of all containers of a pod, init containers first. */
export const containersOf = ({ status = {} }: ApiObject): ContainerStatus[] => [
  ...(status.initContainerStatuses ?? []),
  ...(status.containerStatuses ?? []),
];

export const waitingFor = (pod: ApiObject, reason: RegExp): ContainerStatus | undefined =>
  containersOf(pod).find(({ state }) => reason.test(state?.waiting?.reason ?? ''));

/** For how many looks in a row each cause has been found. */
export class Looks {
  private seen: ReadonlyMap<string, number> = new Map();

  /** Of what one look has found, the first for which waiting does not help any more. */
  over<T extends { readonly cause: string; readonly looks?: number }>(found: readonly T[]): T | undefined {
    const final = found.filter(({ looks }) => looks !== undefined);
    const before = this.seen;
    this.seen = new Map(final.map(({ cause }) => [cause, (before.get(cause) ?? 0) + 1]));
    return final.find(({ cause, looks = 0 }) => (this.seen.get(cause) ?? 0) >= looks);
  }
}

/** Whether any container of a pod runs, or has run. */
export const hasStarted = (pod: ApiObject): boolean =>
  containersOf(pod).some(
    ({ state, lastState }) => state?.running || state?.terminated || lastState?.terminated,
  );
