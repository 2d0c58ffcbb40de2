import type { ApiObject } from '../../../../cli/cluster/kubectl';
import type { Answer } from '../../fake-world';
import {
  container,
  deployment,
  events,
  object,
  pictures,
  pod,
  ready,
  replicaSet,
  statefulSet,
  waitingFor,
  watch,
} from './fakes';

// Looks follow each other at once: nothing here waits for time.
jest.mock('node:timers/promises', () => ({ setTimeout: async () => {} }));

const WEB = 'Deployment/web';
const set = replicaSet();

test('what is ready is healthy, and asked for once', async () => {
  const { world, result } = watch(WEB, [pictures([deployment(ready)])]);
  expect(await result).toEqual({ waiting: [] });
  expect(world.calls).toHaveLength(1);
});

test('what gets ready is waited for', async () => {
  const { world, result } = watch(WEB, [pictures([], [deployment(), set], [deployment(ready)])]);
  expect(await result).toEqual({ waiting: [] });
  expect(world.errors()).toContain('✔');
});

test('an API server that is away for a moment is no failure', async () => {
  let away = 2;
  const gone: Answer = () => (away-- > 0 ? { code: 1, stderr: 'connection refused' } : undefined);
  expect(await watch(WEB, [gone, pictures([deployment(ready)])]).result).toEqual({ waiting: [] });
});

const quota = { reason: 'FailedCreate', message: 'exceeded quota: quota' };
test.each<[string, ApiObject[], object[], RegExp, string?]>([
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
          { restartCount: 3, lastState: { terminated: { exitCode: 3 } } },
        ),
      }),
    ],
    [],
    /exit code 3, 4 times so far\n.*the last words/s,
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
    'Job/bootstrap',
  ],
  [
    'a quota',
    [deployment({ conditions: [{ type: 'ReplicaFailure', status: 'True', message: quota.message }] }), set],
    [{ ...quota, involvedObject: { kind: 'ReplicaSet', name: 'web-1' } }],
    /no pod can be created: exceeded quota/,
  ],
  [
    'Pod Security',
    [statefulSet()],
    [
      {
        reason: 'FailedCreate',
        message: 'violates PodSecurity',
        involvedObject: { kind: 'StatefulSet', name: 'db' },
      },
    ],
    /no pod can be created: violates PodSecurity/,
    'StatefulSet/db',
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
])('%s is not waited for; the message has its cause', async (_, live, warnings, message, of = WEB) => {
  const { result } = watch(of, [pictures(live), events(...warnings)], { next: 'Roll back' });
  await expect(result).rejects.toThrow(message);
  await expect(result).rejects.toMatchObject({ exitCode: 1, next: expect.stringContaining('Roll back') });
});
