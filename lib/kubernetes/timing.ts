/** What a server promises about its time. It stands on the workload, not on its pods: stating it restarts nothing. */
export interface Timing {
  /** Seconds that a good start may take on a busy machine; the startup probe must wait as long. */
  readonly startupSeconds: number;
  /** Seconds that it needs to finish what it has begun once it is told to stop; the kill must wait as long. */
  readonly drainSeconds: number;
}

export const STARTUP_SECONDS = 'coped.org/startup-seconds';
export const DRAIN_SECONDS = 'coped.org/drain-seconds';

/** For people who read the YAML, and for the checks `startup` and `grace-period`. */
export const timingAnnotations = ({ startupSeconds, drainSeconds }: Timing): Record<string, string> => ({
  [DRAIN_SECONDS]: String(drainSeconds),
  [STARTUP_SECONDS]: String(startupSeconds),
});
