/** How something compares with what it was; a picture of one state has only what is the same. */
export type Fate = 'same' | 'added' | 'removed' | 'changed';

/** One line of words about somebody. Lines with the same key are versions of each other. */
export interface Fact {
  readonly key: string;
  readonly text: string;
  readonly fate: Fate;
}

/** Somebody who connects or is connected to. */
export interface Party {
  readonly id: string;
  readonly title: string;
  /** The tier it belongs to; nobody's outside the namespace. */
  readonly area?: string;
  /** A server is up all the time, a job runs to its end, everybody else is not ours. */
  readonly role: 'server' | 'job' | 'entrance' | 'outsider';
  /** Has, or may have, more than one pod. */
  readonly several: boolean;
  readonly facts: readonly Fact[];
  readonly fate: Fate;
}

/** A connection that somebody may open. */
export interface Link {
  readonly from: string;
  readonly to: string;
  /** What is knocked at: `5432`, `53/UDP`, `any port`, `HTTPS`. */
  readonly door: string;
  /** The route that leads there: `/api/`. */
  readonly via?: string;
  /** A route leads there, but the policies refuse it. */
  readonly refused: boolean;
  /** Came or went as a route only: the connection itself is open before and after. */
  readonly routeOnly?: boolean;
  readonly fate: Fate;
}

/** What a picture shows of an environment, before anybody decides where it stands on the paper. */
export interface Graph {
  readonly environment: string;
  readonly namespace: string;
  readonly parties: readonly Party[];
  readonly links: readonly Link[];
  /** What is true of all of them, and would be noise as lines. */
  readonly notes: readonly Fact[];
}

export const fact = (key: string, text: string): Fact => ({ key, text, fate: 'same' });
