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

test('what is ready is healthy, and asked for once', async () => {
  const { world, result } = check([WEB], [pictures([deployment(ready)])]);
  expect(await result).toEqual({ waiting: [] });
  expect(world.calls).toHaveLength(1);
});

test('what gets ready is waited for', async () => {
  const { world, result } = check([WEB], [pictures([], [deployment(), set], [deployment(ready)])]);
  expect(await result).toEqual({ waiting: [] });
  expect(world.errors()).toContain('✔');
});

test('an API server that is away for a moment is no failure', async () => {
  let away = 2;
  const gone: Answer = () => (away-- > 0 ? { code: 1, stderr: 'connection refused' } : undefined);
  expect(await check([WEB], [gone, pictures([deployment(ready)])]).result).toEqual({ waiting: [] });
});

const quota = { reason: 'FailedCreate', message: 'exceeded quota: quota' };
test.each<[string, ApiObject[], object[], RegExp, object?]>([
  [
    'an image that is not there',
    [deployment(), set, pod(waitingFor('ImagePullBackOff', 'not found'))],
    [],
    /image web:2 cannot be pulled: there is no such image/,
  ],
  [
    'a crash loop',
    [
      deployment(),
      set,
      pod({
        phase: 'Running',
        ...container(
          { waiting: { reason: 'CrashLoopBackOff' } },
          { restartCount: 2, lastState: { terminated: { exitCode: 3 } } },
        ),
      }),
    ],
    [],
    /exit code 3, 3 times so far\n.*the last words/s,
  ],
  [
    'a Secret without a key',
    [
      deployment(),
      set,
      pod(waitingFor('CreateContainerConfigError', "couldn't find key password in Secret n/postgres")),
    ],
    [],
    /Secret postgres has no key password/,
  ],
  [
    'a Secret that is not there',
    [deployment(), set, pod({})],
    [
      {
        involvedObject: { uid: 'web-1-a', name: 'web-1-a' },
        reason: 'FailedMount',
        message: 'MountVolume.SetUp failed: secret "django" not found',
      },
    ],
    /the Secret django is missing/,
  ],
  [
    'a failed Job',
    [object('Job', 'bootstrap', { status: { conditions: [{ type: 'Failed', status: 'True' }] } })],
    [],
    /Job\/bootstrap has failed/,
    manifest('Job', 'bootstrap'),
  ],
  [
    'a quota',
    [deployment({ conditions: [{ type: 'ReplicaFailure', status: 'True', message: quota.message }] }), set],
    [{ ...quota, involvedObject: { kind: 'ReplicaSet', name: 'web-1' } }],
    /no pod may be made: exceeded quota/,
  ],
  [
    'Pod Security',
    [object('StatefulSet', 'db', { spec: { replicas: 1 }, status: { observedGeneration: 1 } })],
    [
      {
        reason: 'FailedCreate',
        message: 'violates PodSecurity',
        involvedObject: { kind: 'StatefulSet', name: 'db' },
      },
    ],
    /no pod may be made: violates PodSecurity/,
    manifest('StatefulSet', 'db'),
  ],
  [
    'a rollout that has given up',
    [
      deployment({
        conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }],
      }),
      set,
    ],
    [],
    /0\/1 updated/,
  ],
])('%s is not waited for, and told with its cause', async (_, live, warnings, message, of = WEB) => {
  const { result } = check([of], [pictures(live), events(...warnings)], { next: 'Roll back' });
  await expect(result).rejects.toThrow(message);
  await expect(result).rejects.toMatchObject({ exitCode: 1, next: expect.stringContaining('Roll back') });
});
