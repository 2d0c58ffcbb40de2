import type { Environment } from '../../lib/environments/environment';
import type { ApiObject, Kubectl } from '../cluster/kubectl';
import type { Said } from './waits';

/** Why something is not as it should be, in words, and what to do about it. */
export interface Trouble {
  readonly reason: string;
  readonly next: string;
}

/** What the words need to know besides the object itself. */
export interface Scene {
  /** The environment's name, for commands that can be copied. */
  readonly environment: string;
  /** Which commands it has: a local one is not deployed, nor migrated. */
  readonly kind: Environment['kind'];
  readonly kubectl: Kubectl;
  /** Events of type Warning in the namespace. */
  readonly events: readonly ApiObject[];
  /** What pods say that others wait for; absent where nobody has asked them. */
  readonly said?: Said;
}

/** Knows one kind of trouble. */
export type Recognize = (object: ApiObject, scene: Scene) => Trouble | undefined;

/** The last warning about an object that says something like this. */
export function lastWarning({ events }: Scene, uid: string, pattern: RegExp): string | undefined {
  const about = events.filter(
    ({ involvedObject, message = '', reason = '' }) =>
      involvedObject?.uid === uid && pattern.test(`${reason}: ${message}`),
  );
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
