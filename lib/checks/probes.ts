import type { ComponentName } from '../network/flows';
import { componentOf } from '../network/matrix';
import type { Check, Finding } from './check';
import { type Container, containers, workloads } from './workloads';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
type Probe = (typeof PROBES)[number];

/** Probes that a component must not have, with the reason. */
const WITHOUT: Partial<Record<ComponentName, { readonly probe: Probe; readonly reason: string }>> = {
  elasticsearch: {
    probe: 'livenessProbe',
    reason:
      'Elastic gives it none: a node busy with garbage collection or recovery is slow, and a restart starts the recovery again',
  },
};

const WHY: Readonly<Record<Probe, string>> = {
  startupProbe: 'is missing, so a slow start counts as a failure',
  readinessProbe: 'is missing, so requests arrive before anybody can answer',
  livenessProbe: 'is missing, so a process that hangs is never restarted',
};

/**
 * Whatever serves says when it has started, is ready, and lives. And a probe asks its own pod: with a `host`
 * it would ask somebody else, in the kubelet's name, which Pod Security refuses from 1.34 on.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/probes/
 */
export const probes: Check = ({ manifests }) =>
  workloads(manifests).flatMap((workload) =>
    containers(workload).flatMap((container) => [
      ...(workload.serves && !container.init ? required(container, componentOf(workload)) : []),
      ...hosts(container),
    ]),
  );

function required({ path, spec }: Container, component: string): Finding[] {
  const exception = WITHOUT[component as ComponentName];
  return PROBES.flatMap((probe): Finding[] => {
    if (probe !== exception?.probe) {
      const remedy = 'Add it; it may ask the process itself, never a database behind it';
      return spec[probe] ? [] : [{ where: `${path}.${probe}`, rule: WHY[probe], remedy }];
    }
    if (!spec[probe]) return [];
    return [
      {
        where: `${path}.${probe}`,
        rule: `is not for ${component}`,
        remedy: `Remove it. ${exception.reason}`,
      },
    ];
  });
}

const hosts = ({ path, spec }: Container): Finding[] =>
  [
    ...PROBES.map((probe) => [probe, spec[probe]]),
    ...['postStart', 'preStop'].map((h) => [`lifecycle.${h}`, spec.lifecycle?.[h]]),
  ].flatMap(([field, probe]) =>
    ['httpGet', 'tcpSocket']
      .filter((action) => probe?.[action]?.host !== undefined)
      .map((action) => ({
        where: `${path}.${field}.${action}.host`,
        value: probe[action].host,
        rule: 'asks somebody other than the pod',
        remedy: 'Remove it; where the server needs a name, send a Host header',
      })),
  );
