import { signOf } from '../../../../cli/cluster/rollout/signs';
import { stuckPods } from '../../../../cli/cluster/rollout/stuck-pods';
import { lackOf, type Workload } from '../../../../cli/cluster/rollout/workloads';
import { pod, statefulSet, waitingFor } from './fakes';

const OWN = ['web:2'];
const workload = (...pods: object[]): Workload => ({
  name: 'Deployment/web',
  lack: '0/1 ready',
  failed: false,
  pods,
  oldPods: [],
});
const crashed = (restartCount: number) => ({
  containerStatuses: [{ name: 'web', restartCount, state: { waiting: { reason: 'CrashLoopBackOff' } } }],
});

test.each<[string, object, number | undefined]>([
  ['is being created', waitingFor('ContainerCreating'), undefined],
  ['has ended once or twice', crashed(2), undefined],
  ['ends again and again', crashed(3), 1],
  ['asks for an image that does not exist', waitingFor('ImagePullBackOff', 'web:2: not found'), 1],
  ['waits for a registry', waitingFor('ErrImagePull', 'dial tcp: i/o timeout'), 180],
  ['needs a Secret that is missing', waitingFor('CreateContainerConfigError'), 10],
])('a pod that %s: after so many looks waiting does not help', (_, status, looks) => {
  expect(signOf(workload(pod(status)), [])?.looks).toBe(looks);
});

test('no registry has an image that is built here', () => {
  expect(signOf(workload(pod(waitingFor('ErrImagePull', 'timeout'))), [], OWN)?.looks).toBe(1);
});

test('a pod that is being deleted says nothing', () => {
  const going = pod(crashed(9));
  going.metadata.deletionTimestamp = 'now';
  expect(signOf(workload(going), [])).toBeUndefined();
});

describe('a pod of a StatefulSet that is not ready, of an earlier template', () => {
  const old = (status: object, observed = 1): Workload => ({
    ...workload(),
    object: statefulSet({ observedGeneration: observed }),
    oldPods: [pod(status, 'old', 'db-0')],
  });
  test.each<[string, 'local' | 'hosted', object, string[]]>([
    ['goes on a laptop', 'local', { phase: 'Running' }, ['db-0']],
    ['stays where it may still start', 'hosted', { phase: 'Running' }, []],
    ['goes where it cannot start', 'hosted', waitingFor('ImagePullBackOff'), ['db-0']],
  ])('%s', (_, kind, status, gone) => {
    expect(stuckPods(old(status), kind)).toEqual(gone);
  });
  test('stays until the controller has noticed the template, and once it is ready', () => {
    expect(stuckPods(old({}, 0), 'local')).toEqual([]);
    expect(stuckPods(old({ conditions: [{ type: 'Ready', status: 'True' }] }), 'local')).toEqual([]);
  });
});

test('only a Job fails for good', () => {
  const job = (conditions: object[]) => ({ kind: 'Job', metadata: { name: 'x' }, status: { conditions } });
  expect(lackOf(job([{ type: 'Failed', status: 'True' }])).failed).toBe(true);
  expect(lackOf(job([])).failed).toBe(false);
});
