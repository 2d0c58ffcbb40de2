import { type Container, containers, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';
import { fieldFindings } from '../fields';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
type Probe = (typeof PROBES)[number];

const WHY: Readonly<Record<Probe, string>> = {
  startupProbe: 'is missing, so a slow start counts as a failure',
  readinessProbe: 'is missing, so requests arrive before the container can answer',
  livenessProbe: 'is missing, so a process that hangs is never restarted',
};

export const probes = rule({
  id: 'probes',
  what: 'A server has no startup, readiness or liveness probe, is reported ready too late, or is restarted too soon.',
  why: 'Without them requests arrive before the server can answer, and a process that hangs is never restarted.',
  remedy: 'Add startup, readiness and liveness probes that check the process itself.',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/probes/',
  find: ({ manifests }) =>
    workloads(manifests).flatMap((workload) =>
      workload.serves
        ? containers(workload)
            .filter(({ init }) => !init)
            .flatMap((container) => [...required(container), ...timed(container)])
        : [],
    ),
});

const required = ({ path, spec }: Container): Finding[] =>
  PROBES.filter((probe) => !spec[probe]).map((probe) => ({
    where: `${path}.${probe}`,
    wrong: WHY[probe],
    remedy: 'Add it; let it check the process itself, never a database behind it',
  }));

/** Seconds. A pause of a garbage collector, or one slow answer, is no reason for a restart. */
const PATIENCE = 5;
/** Seconds after which a change of readiness has to be noticed. */
const SOON = 60;

function timed({ path, spec }: Container): Finding[] {
  const { livenessProbe, readinessProbe, startupProbe } = spec;
  const patience = (livenessProbe?.failureThreshold ?? 3) * (livenessProbe?.periodSeconds ?? 10);
  const delay = (readinessProbe?.initialDelaySeconds ?? 0) + (readinessProbe?.periodSeconds ?? 10);
  return fieldFindings(path, [
    [
      'livenessProbe.failureThreshold',
      livenessProbe?.failureThreshold,
      livenessProbe && patience < PATIENCE && `restarts a server that does not answer for ${patience} s`,
      `Set failureThreshold and periodSeconds so that their product is at least ${PATIENCE}`,
    ],
    [
      'readinessProbe.periodSeconds',
      readinessProbe?.periodSeconds,
      readinessProbe &&
        startupProbe &&
        delay > SOON &&
        `notices only after ${delay} s whether the server is ready`,
      `Set initialDelaySeconds and periodSeconds so that their sum is at most ${SOON}; startupProbe waits for the start`,
    ],
  ]);
}
