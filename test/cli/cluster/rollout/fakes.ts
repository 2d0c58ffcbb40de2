import type {
  ApiObject,
  ContainerState,
  ContainerStatus,
  Metadata,
  Status,
} from '../../../../cli/cluster/api-object';
import { Kubectl } from '../../../../cli/cluster/kubectl';
import { type Rollout, watchRollout } from '../../../../cli/cluster/rollout/watch';
import { type Answer, fakeWorld } from '../../fake-world';

/** An object, and whose it is. */
export const object = (
  kind: string,
  name: string,
  rest: Partial<ApiObject> = {},
  owner?: string,
): ApiObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, uid: name, generation: 1, ...(owner && { ownerReferences: [{ uid: owner }] }) },
  ...rest,
});

export const ready = { replicas: 1, updatedReplicas: 1, availableReplicas: 1, observedGeneration: 1 };
const spec = (name: string) => ({ replicas: 1, selector: { matchLabels: { app: name } } });

export const deployment = (status: Status = {}) =>
  object('Deployment', 'web', {
    spec: spec('web'),
    status: { observedGeneration: 1, replicas: 1, ...status },
  });

export const statefulSet = (status: Status = {}) =>
  object('StatefulSet', 'db', {
    spec: spec('db'),
    status: { observedGeneration: 1, updateRevision: 'new', ...status },
  });

/** The ReplicaSet of a Deployment's template; of an earlier one if a revision is given. */
export const replicaSet = (hash = 'new', revision?: string): ApiObject => ({
  ...object('ReplicaSet', `web-${hash}`),
  metadata: {
    name: `web-${hash}`,
    ownerReferences: [{ uid: 'web' }],
    labels: { 'pod-template-hash': hash },
    ...(revision && { annotations: { 'deployment.kubernetes.io/revision': revision } }),
  },
});

/** A pod of the Deployment; with a name, of the StatefulSet. */
export const pod = (
  status: Status,
  hash = 'new',
  name = 'web-1-a',
  more: Partial<Metadata> = {},
): ApiObject => {
  const labels: Record<string, string> =
    name === 'web-1-a'
      ? { app: 'web', 'pod-template-hash': hash }
      : { app: 'db', 'controller-revision-hash': hash };
  return object('Pod', name, {
    metadata: { name, uid: name, labels, ...more },
    status: { phase: 'Pending', ...status },
  });
};

export const container = (state: ContainerState, rest: Partial<ContainerStatus> = {}) => ({
  containerStatuses: [{ name: 'web', image: 'web:2', ready: false, restartCount: 0, state, ...rest }],
});
export const waitingFor = (reason: string, message = '') => container({ waiting: { reason, message } });

/** A namespace that shows one picture after the other, and stays with the last. */
export function pictures(...list: readonly (readonly ApiObject[])[]): Answer {
  let at = 0;
  return ({ line }) => {
    if (!line.includes('deployments,')) return undefined;
    at += 1;
    return { items: list[Math.min(at, list.length) - 1] };
  };
}

export const events =
  (...items: readonly object[]): Answer =>
  ({ line }) =>
    line.startsWith('get --output=json events') ? { items } : undefined;

export const logs =
  (text: string): Answer =>
  ({ line }) =>
    line.startsWith('logs ') ? text : undefined;

/** Watches workloads of staging in such a namespace. */
export function watch(workloads: string | string[], answers: Answer[], options: Partial<Rollout> = {}) {
  const world = fakeWorld(...answers, events(), logs('the last words'));
  const kubectl = new Kubectl('c', 'n', world.execute);
  const result = watchRollout(world, kubectl, {
    environment: { name: 'staging', kind: 'hosted' },
    workloads: [workloads].flat(),
    ...options,
  });
  return { world, result };
}
