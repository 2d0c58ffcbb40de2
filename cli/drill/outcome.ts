import { columns } from '../terminal/columns';

export interface Phase {
  readonly phase: string;
  readonly seconds: number;
  /** The site is down meanwhile. */
  readonly recovery: boolean;
}

/** The result of a drill. */
export interface Outcome {
  readonly context: string;
  readonly namespace: string;
  readonly phases: readonly Phase[];
  /** Seconds from an empty cluster to a site that serves the data. */
  readonly recoverySeconds: number;
  /** Rows that were there when the backup was taken, and how many of them are missing now: must be 0. */
  readonly rowsBackedUp: number;
  readonly rowsLost: number;
  /** The content of those rows is the same. */
  readonly identical: boolean;
  /** Rows that were written after the backup, and are lost with the cluster. */
  readonly rowsAfterBackup: number;
}

/** The result for people. */
export function reportOf({ phases, recoverySeconds, ...outcome }: Outcome): string {
  const { rowsBackedUp, rowsLost, rowsAfterBackup, identical } = outcome;
  const lines = phases.map(({ phase, seconds }) => [phase, seconds.toFixed(1).padStart(7)]);
  return [
    columns([['PHASE', 'SECONDS'], ...lines]),
    '',
    `From an empty cluster to a site with its data: ${recoverySeconds.toFixed(0)} s`,
    `Rows in the backup: ${rowsBackedUp}; lost: ${rowsLost}${identical ? '' : '; the content has CHANGED'}`,
    `Rows written after it: ${rowsAfterBackup}, lost with the cluster: only a newer backup has them`,
  ].join('\n');
}
