import type * as k8s from './k8s';
import type { Resources } from './values';

/** A container as a component describes it; what every container must have is added here. */
export interface ContainerProps {
  readonly name: string;
  readonly image: string;
  readonly command?: string[];
  /** Numeric user, where it is another than its pod's. */
  readonly user?: number;
  readonly args?: string[];
  /** Literal environment variables. Never secrets: those are files. */
  readonly env?: Record<string, string>;
  /** Variables that Kubernetes fills in, e.g. `{ POD_NAME: 'metadata.name' }`. */
  readonly envFromFields?: Record<string, string>;
  /** Name of a ConfigMap whose keys all become environment variables. */
  readonly envFrom?: string;
  /** Port names and numbers. */
  readonly ports?: Record<string, number>;
  readonly resources: Resources;
  /** Disk for logs and writable directories before the pod is evicted. @default '256Mi' */
  readonly ephemeralStorage?: string;
  readonly mounts?: k8s.VolumeMount[];
  readonly startupProbe?: k8s.Probe;
  readonly readinessProbe?: k8s.Probe;
  readonly livenessProbe?: k8s.Probe;
  /** Command that runs before the container is asked to stop. */
  readonly preStop?: string[];
}

/**
 * A container that Pod Security `restricted` accepts, with a read-only root and honest resources.
 * `IfNotPresent` is safe because no image tag floats, and is what lets a laptop use loaded images.
 */
export const container = (props: ContainerProps): k8s.Container => ({
  name: props.name,
  image: props.image,
  imagePullPolicy: 'IfNotPresent',
  command: props.command,
  args: props.args,
  env: environment(props),
  envFrom: props.envFrom ? [{ configMapRef: { name: props.envFrom } }] : undefined,
  ports: props.ports && Object.entries(props.ports).map(([name, containerPort]) => ({ name, containerPort })),
  resources: {
    requests: {
      cpu: props.resources.cpu,
      memory: props.resources.memory,
      'ephemeral-storage': '64Mi',
    },
    limits: {
      memory: props.resources.memoryLimit,
      'ephemeral-storage': props.ephemeralStorage ?? '256Mi',
    },
  },
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
    runAsUser: props.user,
  },
  volumeMounts: props.mounts,
  startupProbe: props.startupProbe,
  readinessProbe: props.readinessProbe,
  livenessProbe: props.livenessProbe,
  lifecycle: props.preStop && { preStop: { exec: { command: props.preStop } } },
});

/** Sorted by name, so that a new variable is a diff of one line. */
function environment({ env = {}, envFromFields = {} }: ContainerProps): k8s.EnvVar[] | undefined {
  const variables: k8s.EnvVar[] = [
    ...Object.entries(env).map(([name, value]) => ({ name, value })),
    ...Object.entries(envFromFields).map(([name, fieldPath]) => ({
      name,
      valueFrom: { fieldRef: { fieldPath } },
    })),
  ];
  return variables.length > 0 ? variables.sort((a, b) => (a.name < b.name ? -1 : 1)) : undefined;
}
