/** How something compares with its earlier state; a picture of one state has only what is the same. */
export type Change = 'same' | 'added' | 'removed' | 'changed';

/** One line of words about a party. Lines with the same key are versions of each other. */
export interface Fact {
  readonly key: string;
  readonly text: string;
  readonly change: Change;
}

/** A component, an entrance or an outsider. */
export interface Party {
  readonly id: string;
  readonly title: string;
  /** The tier; outsiders have none. */
  readonly area?: string;
  /** A server is up all the time, a job runs to its end, an entrance leads to servers; all others are outsiders. */
  readonly role: 'server' | 'job' | 'entrance' | 'outsider';
  /** Has, or may have, more than one pod. */
  readonly several: boolean;
  readonly facts: readonly Fact[];
  readonly change: Change;
}

/** A connection that is allowed, or wanted by a route. */
export interface Link {
  readonly from: string;
  readonly to: string;
  /** `5432`, `53/UDP`, `any port`, `HTTPS`. */
  readonly port: string;
  /** The route that leads there: `/api/`. */
  readonly via?: string;
  /** A route leads there, but the policies refuse it. */
  readonly refused: boolean;
  /** Only the route was added or removed: the connection itself is open before and after. */
  readonly routeOnly?: boolean;
  readonly change: Change;
}

/** What a picture shows of an environment, without its layout. */
export interface Graph {
  readonly environment: string;
  readonly namespace: string;
  readonly parties: readonly Party[];
  readonly links: readonly Link[];
  /** What is true of all of them, and would be noise as lines. */
  readonly notes: readonly Fact[];
}

export const fact = (key: string, text: string): Fact => ({ key, text, change: 'same' });
