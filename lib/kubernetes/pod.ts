import { type ContainerProps, container } from './container';
import type * as k8s from './k8s';
import { type Identity, labels, selectorLabels } from './labels';

export interface PodProps extends Identity {
  /** Numeric user and group of every process; also owns the volumes that can be owned. */
  readonly user: number;
  readonly initContainers?: ContainerProps[];
  readonly containers: ContainerProps[];
  readonly volumes?: k8s.Volume[];
  /** Seconds between the request to stop and the kill: preStop plus draining. @default 30 */
  readonly gracePeriod?: number;
  /** Keep replicas on different machines and zones; with a number of machines: rather not start than use fewer. */
  readonly spread?: 'preferred' | { readonly machines: number };
  /** `Never` for Jobs. @default 'Always' */
  readonly restartPolicy?: 'Never';
  readonly annotations?: Record<string, string>;
}

/**
 * The one place that makes pods: hardened as docs/decisions/0005-hardened-by-default.md says, so
 * that no component can forget it.
 */
export const podTemplate = (props: PodProps): k8s.PodTemplateSpec => ({
  metadata: { labels: labels(props), annotations: props.annotations },
  spec: {
    // No workload here talks to the Kubernetes API.
    automountServiceAccountToken: false,
    // A Service named `redis` would otherwise inject REDIS_PORT=tcp://… into every pod.
    enableServiceLinks: false,
    serviceAccountName: props.component,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: props.user,
      runAsGroup: props.user,
      fsGroup: props.user,
      // Walking a large volume at every start can take minutes.
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    restartPolicy: props.restartPolicy,
    terminationGracePeriodSeconds: props.gracePeriod ?? 30,
    initContainers: props.initContainers?.map(container),
    containers: props.containers.map(container),
    volumes: props.volumes,
    topologySpreadConstraints: props.spread && [
      { ...spreadOver('kubernetes.io/hostname', props), ...strictness(props.spread) },
      { ...spreadOver('topology.kubernetes.io/zone', props), ...strictness('preferred') },
    ],
  },
});

const strictness = (spread: NonNullable<PodProps['spread']>) =>
  spread === 'preferred'
    ? { whenUnsatisfiable: 'ScheduleAnyway' }
    : { whenUnsatisfiable: 'DoNotSchedule', minDomains: spread.machines };

const spreadOver = (topologyKey: string, { component }: Identity) => ({
  maxSkew: 1,
  topologyKey,
  labelSelector: { matchLabels: selectorLabels(component) },
});
