import type { Answer } from '../../fake-world';
import {
  container,
  deployment,
  logs,
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

test('what passes by itself is waited for', async () => {
  const pulling = [deployment(), set, pod(waitingFor('ErrImagePull', 'timeout'))];
  const { result } = watch(WEB, [pictures(pulling, pulling, pulling, [deployment(ready)])]);
  expect(await result).toEqual({ waiting: [] });
});

test('pods of an earlier template do not count', async () => {
  const old = replicaSet('old', '1');
  const now = { ...deployment(), metadata: { ...deployment().metadata, annotations: REVISION } };
  const broken = pod(container({ waiting: { reason: 'CrashLoopBackOff' } }, { restartCount: 9 }), 'old');
  const { result } = watch(WEB, [pictures([now, replicaSet('new', '2'), old, broken], [deployment(ready)])]);
  expect(await result).toEqual({ waiting: [] });
});

const REVISION = { 'deployment.kubernetes.io/revision': '2' };

test('nor does any pod before the controller has noticed the template', async () => {
  const unnoticed = { ...deployment(), metadata: { ...deployment().metadata, generation: 2 } };
  const broken = pod(container({ waiting: { reason: 'CrashLoopBackOff' } }, { restartCount: 9 }));
  const { result } = watch(WEB, [pictures([unnoticed, set, broken], [deployment(ready)])]);
  expect(await result).toEqual({ waiting: [] });
});

const gated = { initContainerStatuses: [{ name: 'wait-for-schema', ready: false, state: { running: {} } }] };
const SAYS = logs('the schema is not there: run the migration');

test('pods that wait for the migration are an end, and named', async () => {
  const { result } = watch(WEB, [pictures([deployment(), set, pod(gated)]), SAYS]);
  expect(await result).toEqual({ waiting: ['Deployment/web'] });
});

test.each([
  ['after it', SAYS, { migrated: true }],
  ['while the database is away', logs('cannot connect'), {}],
])('but not %s', async (_, log, options) => {
  const { result } = watch(
    WEB,
    [pictures([deployment(), set, pod(gated)], [deployment(ready)]), log],
    options,
  );
  expect(await result).toEqual({ waiting: [] });
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
  expect(world.calls.filter(({ args }) => args.includes('delete')).map(({ line }) => line)).toEqual([
    'delete pod db-0 --ignore-not-found --wait=false',
  ]);
});

test('it is given up after a while, with what is known', async () => {
  const { result } = watch(WEB, [pictures([deployment(), set, pod({ phase: 'Running' })])], { within: 0 });
  await expect(result).rejects.toThrow(/not ready after 0 s\n.*0\/1 updated/);
});
