import type { Finding } from './check';
import { rule } from './rule';
import { type Container, containers, workloads } from './workloads';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
type Probe = (typeof PROBES)[number];

const WHY: Readonly<Record<Probe, string>> = {
  startupProbe: 'is missing, so a slow start counts as a failure',
  readinessProbe: 'is missing, so requests arrive before anybody can answer',
  livenessProbe: 'is missing, so a process that hangs is never restarted',
};

export const probes = rule({
  id: 'probes',
  what: 'A server does not say when it has started, is ready, and lives.',
  why: 'Without them requests arrive before anybody answers, and a process that hangs is never restarted.',
  remedy: 'Add startup, readiness and liveness probes that ask the process itself.',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/probes/',
  find: ({ manifests }) =>
    workloads(manifests).flatMap((workload) =>
      workload.serves
        ? containers(workload)
            .filter(({ init }) => !init)
            .flatMap(required)
        : [],
    ),
});

const required = ({ path, spec }: Container): Finding[] =>
  PROBES.filter((probe) => !spec[probe]).map((probe) => ({
    where: `${path}.${probe}`,
    wrong: WHY[probe],
    remedy: 'Add it; it may ask the process itself, never a database behind it',
  }));
