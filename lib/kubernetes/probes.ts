import type * as k8s from './k8s';

/** How often, and how many failures in a row count. */
export interface ProbeTiming {
  /** Seconds between two tries. */
  readonly every: number;
  /** Failures in a row before Kubernetes acts: unready, or restart. */
  readonly failures: number;
  /** Seconds before one try counts as failed. @default 10: on a busy machine an answer takes seconds. */
  readonly timeout?: number;
}

/** For liveness: a process that is silent for five minutes hangs. One that is only slow is never restarted. */
export const HANGS: ProbeTiming = { every: 20, failures: 15 };

/** For a start: asked every few seconds, and given up after so many seconds. */
export const startsWithin = (seconds: number, every = 5): ProbeTiming => ({
  every,
  failures: Math.ceil(seconds / every),
});

const timing = ({ every, failures, timeout = 10 }: ProbeTiming): k8s.Probe => ({
  periodSeconds: every,
  failureThreshold: failures,
  timeoutSeconds: timeout,
});

/**
 * Healthy when a GET answers 200–399. The `host` field stays empty: Pod Security forbids it from 1.34 on. A server that
 * answers only to its own names is asked by one of them in a header; the kubelet would say the pod's address.
 */
export const httpProbe = (path: string, port: string, when: ProbeTiming, host?: string): k8s.Probe => ({
  httpGet: {
    path,
    port,
    httpHeaders: host === undefined ? undefined : [{ name: 'Host', value: host }],
  },
  ...timing(when),
});

/** Healthy when a command ends with status 0. Each try starts a process: for a small one only. */
export const execProbe = (command: string[], when: ProbeTiming): k8s.Probe => ({
  exec: { command },
  ...timing(when),
});

/** Healthy when the port accepts a connection, which the kernel does even while the process is busy. */
export const tcpProbe = (port: string, when: ProbeTiming): k8s.Probe => ({
  tcpSocket: { port },
  ...timing(when),
});
