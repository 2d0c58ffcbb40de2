import type { ApiObject, Condition } from '../../../../cli/cluster/api-object';
import type { Answer } from '../../fake-world';
import {
  container,
  deployment,
  events,
  logs,
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
/** A Deployment that is not ready, and its pod. */
const web = (status: object): ApiObject[] => [deployment(), set, pod(status)];
const crashLoop = container(
  { waiting: { reason: 'CrashLoopBackOff' } },
  { restartCount: 3, lastState: { terminated: { exitCode: 3 } } },
);
const DONE = [deployment(ready)];

test('what is ready is healthy, and asked for once', async () => {
  const { world, result } = watch(WEB, [pictures(DONE)]);
  expect(await result).toEqual({ waiting: [] });
  expect(world.calls).toHaveLength(1);
});

describe('waits', () => {
  const REVISION = { 'deployment.kubernetes.io/revision': '2' };
  const changed = (metadata: object) => ({
    ...deployment(),
    metadata: { ...deployment().metadata, ...metadata },
  });
  const oldPod = pod(crashLoop, 'old');
  const pulling = web(waitingFor('ErrImagePull', 'timeout'));

  test.each<[string, ApiObject[][]]>([
    ['for what gets ready', [[], [deployment(), set]]],
    ['for what passes by itself', [pulling, pulling, pulling]],
    [
      'and pods of an earlier template do not count',
      [[changed({ annotations: REVISION }), replicaSet('new', '2'), replicaSet('old', '1'), oldPod]],
    ],
    ['until the controller has noticed the template', [[changed({ generation: 2 }), set, pod(crashLoop)]]],
  ])('%s', async (_, looks) => {
    const { world, result } = watch(WEB, [pictures(...looks, DONE)]);
    expect(await result).toEqual({ waiting: [] });
    expect(world.errors()).toContain('✔');
  });

  test('while the API server is away for a moment', async () => {
    let away = 2;
    const gone: Answer = () => (away-- > 0 ? { code: 1, stderr: 'connection refused' } : undefined);
    expect(await watch(WEB, [gone, pictures(DONE)]).result).toEqual({ waiting: [] });
  });

  test('for a while, and says then what is known', async () => {
    const { result } = watch(WEB, [pictures(web({ phase: 'Running' }))], { within: 0 });
    await expect(result).rejects.toThrow(/not ready after 0 s\n.*0\/1 updated/);
  });
});

describe('pods that wait for the migration', () => {
  const gated = web({
    initContainerStatuses: [{ name: 'wait-for-schema', ready: false, state: { running: {} } }],
  });
  const SAYS = logs('the schema is not there: run the migration');

  test('are an end, and named', async () => {
    expect(await watch(WEB, [pictures(gated), SAYS]).result).toEqual({ waiting: [WEB] });
  });

  test.each([
    ['after it', SAYS, { migrated: true }],
    ['while the database is away', logs('cannot connect'), {}],
  ])('but not %s', async (_, log, options) => {
    const { result } = watch(WEB, [pictures(gated, DONE), log], options);
    expect(await result).toEqual({ waiting: [] });
  });
});

test('a pod that holds up its own replacement is removed; one that is ready is not', async () => {
  const live = [
    statefulSet(),
    pod(waitingFor('ImagePullBackOff'), 'old', 'db-0'),
    pod({ conditions: [{ type: 'Ready', status: 'True' }] }, 'old', 'db-1'),
  ];
  const done = [statefulSet({ readyReplicas: 1, currentRevision: 'new' })];
  const removal: Answer = ({ line }) => (line.startsWith('delete pod') ? '' : undefined);
  const { world, result } = watch('StatefulSet/db', [pictures(live, done), removal]);
  await result;
  const removals = world.calls.map(({ line }) => line).filter((line) => line.startsWith('delete'));
  expect(removals).toEqual(['delete pod db-0 --ignore-not-found --wait=false']);
});

test('what goes with its namespace is not waited for', async () => {
  const namespace: Answer = ({ line }) =>
    line.startsWith('get namespace n ')
      ? { metadata: { deletionTimestamp: '2026-01-02T03:04:00Z' } }
      : undefined;
  const { result } = watch(WEB, [pictures([]), namespace], { within: 1 });
  await expect(result).rejects.toThrow('the namespace n is being deleted (asked for 5 s ago)');
});

test.each([
  ['an image that does not exist', waitingFor('ImagePullBackOff', 'not found'), 1],
  ['a container that cannot be created', waitingFor('CreateContainerConfigError'), 10],
])('%s has to be seen in a number of looks before it is given up', async (_, status, looks) => {
  const { world, result } = watch(WEB, [pictures(web(status))]);
  await expect(result).rejects.toThrow('is not ready');
  expect(world.calls.filter(({ line }) => line.includes('deployments,'))).toHaveLength(looks);
});

const noKey = "couldn't find key password in Secret n/postgres";
const condition = (type: string, more: Omit<Condition, 'type'>) =>
  deployment({ conditions: [{ type, ...more }] });
const event = (reason: string, message: string, involvedObject: object) => [
  { reason, message, involvedObject },
];

test('a program that cannot find another by its name: first the DNS of the cluster', async () => {
  const said = logs('could not translate host name "postgres" to address: Name or service not known');
  const { result } = watch(WEB, [pictures(web({ phase: 'Running', ...crashLoop })), said]);
  const next = expect.stringMatching(
    /^The names of Services .*npx coped doctor staging.* Its last log lines/,
  );
  await expect(result).rejects.toMatchObject({ next });
});

test.each<[what: string, live: ApiObject[], message: RegExp, events?: object[], of?: string]>([
  [
    'an image that does not exist',
    web(waitingFor('ImagePullBackOff', 'not found')),
    /image web:2 cannot be pulled: there is no such image/,
  ],
  ['a crash loop', web({ phase: 'Running', ...crashLoop }), /exit code 3, 4 times so far\n.*the last words/s],
  [
    'a missing key',
    web(waitingFor('CreateContainerConfigError', noKey)),
    /Secret postgres has no key password/,
  ],
  [
    'a missing Secret',
    web({}),
    /the Secret django is missing/,
    event('FailedMount', 'MountVolume.SetUp failed: secret "django" not found', { uid: 'web-1-a' }),
  ],
  [
    'a failed Job',
    [object('Job', 'bootstrap', { status: { conditions: [{ type: 'Failed', status: 'True' }] } })],
    /Job\/bootstrap has failed/,
    [],
    'Job/bootstrap',
  ],
  [
    'a quota that is used up',
    [condition('ReplicaFailure', { status: 'True', message: 'exceeded quota: quota' }), set],
    /no pod can be created: exceeded quota/,
    event('FailedCreate', 'exceeded quota: quota', { kind: 'ReplicaSet', name: 'web-1' }),
  ],
  [
    'a refusal of Pod Security',
    [statefulSet()],
    /no pod can be created: violates PodSecurity/,
    event('FailedCreate', 'violates PodSecurity', { kind: 'StatefulSet', name: 'db' }),
    'StatefulSet/db',
  ],
  [
    'a rollout that has given up',
    [condition('Progressing', { status: 'False', reason: 'ProgressDeadlineExceeded' }), set],
    /0\/1 updated/,
  ],
])('%s is not waited for; the message has its cause', async (_, live, message, warnings = [], of = WEB) => {
  const { result } = watch(of, [pictures(live), events(...warnings)], { next: 'Roll back' });
  await expect(result).rejects.toThrow(message);
  await expect(result).rejects.toMatchObject({ exitCode: 1, next: expect.stringContaining('Roll back') });
});
