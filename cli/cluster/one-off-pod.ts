import { randomBytes } from 'node:crypto';
import type { ContainerSpec, Volume } from '../../checker/manifests/kubernetes';
import { GaveUpError } from '../terminal/errors';
import { type ApiObject, mainOf, type PodTemplate } from './api-object';
import type { Kubectl } from './kubectl';
import { podState } from './readiness';
import { Pulls } from './rollout/pulls';
import { type Progress, until } from './waiting';

export interface OneOff {
  /** First part of the pod's name, e.g. `manage`. */
  readonly name: string;
  /** The pod template of a workload that runs in the cluster: a `spec.template`, as the API server answers it. */
  readonly template: PodTemplate;
  /** Labels that decide whom it may talk to; the template's own if absent. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Stands in the place of the main container's command. */
  readonly command: readonly string[];
  /** Standard input stays open: something will be written to it. */
  readonly stdin?: boolean;
  /** Seconds after which Kubernetes ends it, even if this process has died. */
  readonly deadline: number;
}

/** Seconds between asking it to end and ending it: what runs in it is done, or does not listen. */
const GRACE = 2;

/**
 * A pod like those of a workload, for one command. It has no ports and no probes, because nothing waits for it, and of the init
 * containers only those that prepare files. With the labels of the workload it would be taken for one of its pods: a readiness
 * gate that is never met keeps it from being ready, so that no Service sends it requests.
 */
export function oneOffPod({ name, template, labels, command, stdin = false, deadline }: OneOff): ApiObject {
  const { containers: _, initContainers = [], ...spec } = template.spec ?? {};
  const preparing = initContainers.filter((one) => preparesFiles(one, spec.volumes ?? []));
  const { ports, livenessProbe, readinessProbe, startupProbe, lifecycle, args, ...main } = mainOf(template);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-${randomBytes(4).toString('hex')}`,
      labels: { ...template.metadata?.labels, ...labels, 'coped.org/one-off': name },
      // Else kubectl remarks on each call which one it has chosen.
      annotations: { 'kubectl.kubernetes.io/default-container': main.name ?? '' },
    },
    spec: {
      ...spec,
      ...(!labels && { readinessGates: [{ conditionType: 'coped.org/serves' }] }),
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: GRACE,
      activeDeadlineSeconds: deadline,
      ...(preparing.length > 0 && { initContainers: preparing }),
      containers: [{ ...main, command, stdin, stdinOnce: stdin }],
    },
  };
}

/**
 * Whether an init container only fills folders for the others, as development's copy of the code. One that has addresses of servers waits for
 * them or changes what is in them: it belongs to the start of the server, not to a command.
 */
function preparesFiles(
  { env, envFrom, volumeMounts = [] }: ContainerSpec,
  volumes: readonly Volume[],
): boolean {
  const isScratch = (name?: string) => volumes.some((volume) => volume.name === name && volume.emptyDir);
  return !env && !envFrom && volumeMounts.every(({ name }) => isScratch(name));
}

/** Runs something beside a one-off pod that is up, and always removes the pod. */
export async function withPod<T>(
  kubectl: Kubectl,
  progress: Progress & { readonly signal?: AbortSignal },
  pod: ApiObject,
  use: (name: string) => Promise<T>,
): Promise<T> {
  const { name } = pod.metadata;
  try {
    await kubectl.run(['create', '--filename=-'], { input: JSON.stringify(pod) });
    const pulls = new Pulls(kubectl);
    await until(progress, `pod ${name}`, () => notRunning(kubectl, name, pulls), {
      within: 300,
      signal: progress.signal,
    });
    return await use(name);
  } finally {
    await kubectl.attempt(['delete', 'pod', name, '--ignore-not-found', '--wait=false'], {
      evenIfInterrupted: true,
    });
  }
}

async function notRunning(kubectl: Kubectl, name: string, pulls: Pulls): Promise<string | undefined> {
  const pod = await kubectl.find('pod', name);
  if (!pod) throw new GaveUpError(`pod ${name} was deleted before it had started`, 'Run it again');
  await pulls.look([pod]);
  const { phase = 'Pending' } = pod.status ?? {};
  if (phase === 'Failed') throw new GaveUpError(`it has failed: ${podState(pod)}`);
  return phase === 'Pending' ? podState(pod) : undefined;
}
