import type { Construct } from 'constructs';
import { limitDisruption } from './availability';
import type * as k8s from './k8s';
import { metadata, selectorLabels } from './labels';
import { make } from './object';
import { type PodProps, podTemplate } from './pod';

/** What every serving workload is given besides its pods. */
export interface ServingProps extends PodProps {
  /** Absent while an autoscaler decides. */
  readonly replicas?: number;
  /** Survive node maintenance and node failure: a disruption budget, and replicas on different nodes. */
  readonly resilient: boolean;
}

export interface DeploymentProps extends ServingProps {
  /** Never two pods at once: the old one has stopped before the new one starts. @default false */
  readonly alone?: boolean;
}

/** Interchangeable pods: a new one is ready before an old one stops, unless there may be one alone. */
export function deployment(scope: Construct, props: DeploymentProps): void {
  serviceAccount(scope, props);
  make(scope, 'deployment', 'Deployment', {
    metadata: metadata(props.component),
    spec: {
      replicas: props.replicas,
      selector: { matchLabels: selectorLabels(props.component) },
      strategy: props.alone ? { type: 'Recreate' } : ROLLING,
      minReadySeconds: props.containers.some(({ readinessProbe }) => readinessProbe) ? 5 : UNASKED,
      // Images come, and init containers wait, before the start begins.
      progressDeadlineSeconds: longestStart(props) + 600,
      revisionHistoryLimit: 3,
      template: podTemplate({ spread: props.resilient ? 'preferred' : undefined, ...props }),
    },
  });
  if (props.resilient) limitDisruption(scope, props.component);
}

const ROLLING: k8s.DeploymentStrategy = {
  type: 'RollingUpdate',
  rollingUpdate: {
    maxSurge: 1,
    maxUnavailable: 0,
  },
};

/** Seconds for which a program must run that nothing asks: it counts as ready at once, and one that cannot start ends in a few. */
const UNASKED = 30;

/** Seconds that the slowest of a pod's containers may take to start. */
const longestStart = ({ containers }: PodProps): number =>
  Math.max(
    ...containers.map(
      ({ startupProbe }) => (startupProbe?.periodSeconds ?? 0) * (startupProbe?.failureThreshold ?? 0),
    ),
  );

export interface StatefulSetProps extends ServingProps {
  readonly serviceName: string;
  readonly claims: k8s.Kinds['PersistentVolumeClaim'][];
  /** Claims outlive the StatefulSet: deleting it by mistake deletes no data. */
  readonly keepData: boolean;
  /** Start all pods at once, for members that wait for each other. @default 'OrderedReady' */
  readonly podManagementPolicy?: 'Parallel';
}

/** Pods with a name and a disk of their own. */
export function statefulSet(scope: Construct, props: StatefulSetProps): void {
  const retention = props.keepData ? 'Retain' : 'Delete';
  serviceAccount(scope, props);
  make(scope, 'stateful-set', 'StatefulSet', {
    metadata: metadata(props.component),
    spec: {
      replicas: props.replicas,
      serviceName: props.serviceName,
      selector: { matchLabels: selectorLabels(props.component) },
      podManagementPolicy: props.podManagementPolicy,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: retention, whenScaled: retention },
      revisionHistoryLimit: 3,
      template: podTemplate({ spread: props.resilient ? 'preferred' : undefined, ...props }),
      volumeClaimTemplates: props.claims.map(completeClaim),
    },
  });
  if (props.resilient) limitDisruption(scope, props.component);
}

/**
 * What the API server adds to a claim template. kubectl compares this list as a whole: without these lines every
 * second `kubectl apply` would say "configured" for an unchanged StatefulSet.
 */
const completeClaim = ({ spec, ...claim }: k8s.Kinds['PersistentVolumeClaim']) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  ...claim,
  spec: { ...spec, volumeMode: 'Filesystem' },
  status: { phase: 'Pending' },
});

/**
 * Runs once per release. A Job's template can never change, so `stamp` ends its name with a hash of
 * what it does: the same release is the same Job, a changed one is a new Job that runs.
 */
export function job(scope: Construct, props: PodProps): void {
  serviceAccount(scope, props);
  make(scope, 'job', 'Job', { metadata: metadata(props.component), spec: jobSpec(props) });
}

export interface CronJobProps extends PodProps {
  /** Which one it is, where a component has several: the end of its name. */
  readonly command?: string;
  /** Cron expression, in UTC. */
  readonly schedule: string;
  /** Never runs by itself: `kubectl create job --from=cronjob/<name> <name>-1` starts it by hand. */
  readonly suspend?: boolean;
  /** Seconds after which a run is given up. */
  readonly deadline: number;
  /** Exit status after which another try could only do harm. */
  readonly finalStatus?: number;
}

/** Which of a component's CronJobs it is. */
const COMMAND_LABEL = 'coped.org/command';

/** Runs at set times, or by hand; never twice at once. */
export function cronJob(scope: Construct, props: CronJobProps): void {
  const { command } = props;
  if (!scope.node.tryFindChild('service-account')) serviceAccount(scope, props);
  const { name, ...its } = metadata(props.component);
  const labels = { ...its.labels, ...(command !== undefined && { [COMMAND_LABEL]: command }) };
  make(scope, command === undefined ? 'cron-job' : `cron-job-${command}`, 'CronJob', {
    metadata: { name: command === undefined ? name : `${name}-${command}`, labels },
    spec: {
      schedule: props.schedule,
      timeZone: 'Etc/UTC',
      suspend: props.suspend ?? false,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels },
        spec: {
          ...jobSpec(props),
          activeDeadlineSeconds: props.deadline,
          podFailurePolicy: props.finalStatus === undefined ? undefined : failsAt(props.finalStatus),
        },
      },
    },
  });
}

const failsAt = (status: number): k8s.PodFailurePolicy => ({
  // The type wants conditions of the pod as well, the API either.
  rules: [
    { action: 'FailJob', onExitCodes: { operator: 'In', values: [status] } } as k8s.PodFailurePolicyRule,
  ],
});

/** `Never` keeps the pod, and so the log, of every failed try. */
const jobSpec = (props: PodProps): k8s.JobSpec => ({
  backoffLimit: 4,
  template: podTemplate({ ...props, restartPolicy: 'Never' }),
});

const serviceAccount = (scope: Construct, { component }: PodProps) =>
  make(scope, 'service-account', 'ServiceAccount', {
    metadata: metadata(component),
    automountServiceAccountToken: false,
  });

/** A stable address for the pods of a component. */
export function service(
  scope: Construct,
  component: PodProps['component'],
  port: { name: string; number: number; nodePort?: number },
  annotations?: Record<string, string>,
): void {
  make(scope, 'service', 'Service', {
    metadata: { ...metadata(component), annotations },
    spec: {
      type: port.nodePort ? 'NodePort' : 'ClusterIP',
      selector: selectorLabels(component),
      ports: [
        {
          name: port.name,
          port: port.number,
          targetPort: port.name,
          nodePort: port.nodePort,
        },
      ],
    },
  });
}
