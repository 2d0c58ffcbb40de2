import type { ApiObject } from '../../../cli/cluster/kubectl';
import { Kubectl } from '../../../cli/cluster/kubectl';
import { waitForHealth } from '../../../cli/release/health';
import { type Answer, fakeWorld } from '../fake-world';

// Looks follow each other at once: nothing here waits for time.
jest.mock('node:timers/promises', () => ({ setTimeout: async () => {} }));

const manifest = (kind: string, name: string) => ({ apiVersion: 'apps/v1', kind, metadata: { name } });
const WEB = manifest('Deployment', 'web');
const object = (kind: string, name: string, rest: object = {}, owner?: string): ApiObject => ({
  kind,
  metadata: { name, uid: name, generation: 1, ...(owner && { ownerReferences: [{ uid: owner }] }) },
  ...rest,
});
const ready = { replicas: 1, updatedReplicas: 1, availableReplicas: 1, observedGeneration: 1 };
const deployment = (status: object = {}) =>
  object('Deployment', 'web', {
    spec: { replicas: 1 },
    status: { observedGeneration: 1, replicas: 1, ...status },
  });
const set = object('ReplicaSet', 'web-1', {}, 'web');
const pod = (status: object, owner = 'web-1') =>
  object('Pod', 'web-1-a', { status: { phase: 'Pending', ...status } }, owner);
const container = (state: object, rest: object = {}) => ({
  containerStatuses: [{ name: 'web', image: 'web:2', ready: false, restartCount: 0, state, ...rest }],
});
const waitingFor = (reason: string, message = '') => container({ waiting: { reason, message } });

/** A namespace that shows one picture after the other, and stays with the last. */
function pictures(...list: readonly (readonly ApiObject[])[]): Answer {
  let at = 0;
  return ({ line }) => {
    if (!line.includes('deployments,')) return undefined;
    at += 1;
    return { items: list[Math.min(at, list.length) - 1] };
  };
}
const events =
  (...items: readonly object[]): Answer =>
  ({ line }) =>
    line.startsWith('get --output=json events') ? { items } : undefined;
const logs =
  (text: string): Answer =>
  ({ line }) =>
    line.startsWith('logs ') ? text : undefined;

function check(manifests: object[], answers: Answer[], options: object = {}) {
  const world = fakeWorld(...answers, events(), logs('the last words'));
  const kubectl = new Kubectl('c', 'n', world.execute);
  const result = waitForHealth(world, kubectl, manifests as never, { environment: 'staging', ...options });
  return { world, result };
}

test('a trouble that passes is none', async () => {
  const pulling = [deployment(), set, pod(waitingFor('ErrImagePull', 'timeout'))];
  const { result } = check([WEB], [pictures(pulling, pulling, pulling, [deployment(ready)])]);
  expect(await result).toEqual({ waiting: [] });
});

test('pods of the release before do not count: the new ones are what mends them', async () => {
  const old = object('ReplicaSet', 'web-0', {
    metadata: {
      name: 'web-0',
      uid: 'web-0',
      ownerReferences: [{ uid: 'web' }],
      annotations: { 'deployment.kubernetes.io/revision': '0' },
    },
  });
  const broken = pod(
    { ...container({ waiting: { reason: 'CrashLoopBackOff' } }, { restartCount: 9 }) },
    'web-0',
  );
  const { result } = check([WEB], [pictures([deployment(), set, old, broken], [deployment(ready), set])]);
  expect(await result).toEqual({ waiting: [] });
});

const gated = { initContainerStatuses: [{ name: 'wait-for-schema', ready: false, state: { running: {} } }] };
const SAYS = logs('the schema is not there: run the migration');

test('pods that wait for the migration are an end, and named', async () => {
  const { result } = check([WEB], [pictures([deployment(), set, pod(gated)]), SAYS]);
  expect(await result).toEqual({ waiting: ['Deployment/web'] });
});

test.each([
  ['after it', SAYS, { migrated: true }],
  ['while the database is away', logs('cannot connect'), {}],
])('but not %s', async (_, log, options) => {
  const { result } = check(
    [WEB],
    [pictures([deployment(), set, pod(gated)], [deployment(ready)]), log],
    options,
  );
  expect(await result).toEqual({ waiting: [] });
});

test('a pod that holds up its own replacement is removed; one that serves is not', async () => {
  const db = (status: object) =>
    object('StatefulSet', 'db', {
      spec: { replicas: 1 },
      status: { observedGeneration: 1, updateRevision: 'b', ...status },
    });
  const member = (name: string, status: object) =>
    object('Pod', name, {
      metadata: {
        name,
        uid: name,
        labels: { 'controller-revision-hash': 'a' },
        ownerReferences: [{ uid: 'db' }],
      },
      status,
    });
  const live = [
    db({}),
    member('db-0', waitingFor('ImagePullBackOff')),
    member('db-1', { conditions: [{ type: 'Ready', status: 'True' }] }),
  ];
  const done = [db({ readyReplicas: 1, currentRevision: 'b' })];
  const removal: Answer = ({ line }) => (line.startsWith('delete pod') ? '' : undefined);
  const { world, result } = check([manifest('StatefulSet', 'db')], [pictures(live, done), removal]);
  await result;
  expect(world.calls.filter(({ args }) => args.includes('delete')).map(({ line }) => line)).toEqual([
    'delete pod db-0 --ignore-not-found --wait=false',
  ]);
});

test('it is given up after a while, with what is known', async () => {
  const { result } = check([WEB], [pictures([deployment(), set, pod({ phase: 'Running' })])], { within: 0 });
  await expect(result).rejects.toThrow(/not healthy after 0 s\n.*0\/1 updated/);
});
