import { Kubectl } from '../../../../cli/cluster/kubectl';
import { stuckPods } from '../../../../cli/cluster/rollout/stuck-pods';
import { workloadDiagnosis } from '../../../../cli/cluster/rollout/workload-diagnosis';
import { container, deployment, pod, statefulSet, waitingFor } from './fakes';

const scene = {
  environment: 'staging',
  kind: 'hosted',
  kubectl: new Kubectl('c', 'n'),
  events: [],
  own: ['own:1'],
} as const;
const looksOf = (...pods: Parameters<typeof workloadDiagnosis>[1]) =>
  workloadDiagnosis(deployment(), pods, scene)?.looks;
const crashed = (restartCount: number) =>
  container({ waiting: { reason: 'CrashLoopBackOff' } }, { restartCount });

test.each<[string, object, number | undefined]>([
  ['is being created', waitingFor('ContainerCreating'), undefined],
  ['has ended once or twice', crashed(2), undefined],
  ['ends again and again, without an error as well', crashed(3), 1],
  ['asks for an image that does not exist', waitingFor('ImagePullBackOff', 'web:2: not found'), 1],
  [
    'asks for an image that is built here',
    container({ waiting: { reason: 'ErrImagePull' } }, { image: 'own:1' }),
    1,
  ],
  ['needs a Secret that is missing', waitingFor('CreateContainerConfigError'), 10],
])('a pod that %s: after so many looks waiting does not help', (_, status, looks) => {
  expect(looksOf(pod(status))).toBe(looks);
});

test('a pod that will not start counts, also if a newer one is only starting', () => {
  expect(looksOf(pod(crashed(9)), pod({}, 'new', 'b', { creationTimestamp: '2026' }))).toBe(1);
});

test('a Deployment that has given up counts, although the logs of its pods change', () => {
  const conditions = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }];
  const preparing = pod({ initContainerStatuses: [{ name: 'prepare', state: { running: {} } }] });
  const causes = ['one', 'two'].map((line) => {
    const logs = new Map([['web-1-a', { container: 'prepare', forMilliseconds: 90_000, line }]]);
    const found = workloadDiagnosis(deployment({ conditions }), [preparing], { ...scene, logs });
    expect(found?.reason).toContain(`says "${line}"`);
    return [found?.looks, found?.cause];
  });
  expect(causes[0]).toEqual([45, expect.any(String)]);
  expect(causes[1]).toEqual(causes[0]);
});

test('a pod that is being deleted says nothing', () => {
  expect(looksOf(pod(crashed(9), 'new', undefined, { deletionTimestamp: 'now' }))).toBeUndefined();
});

describe('a pod of a StatefulSet that is not ready, of an earlier template', () => {
  const old = (status: object, observedGeneration = 1) => ({
    name: 'StatefulSet/db',
    failed: false,
    pods: [],
    object: statefulSet({ observedGeneration }),
    oldPods: [pod(status, 'old', 'db-0')],
  });
  test.each<[string, 'local' | 'hosted', object, string[]]>([
    ['goes on a laptop', 'local', { phase: 'Running' }, ['db-0']],
    ['stays where it may still start', 'hosted', { phase: 'Running' }, []],
    ['goes where it cannot start', 'hosted', waitingFor('ImagePullBackOff'), ['db-0']],
    ['stays once it is ready', 'local', { conditions: [{ type: 'Ready', status: 'True' }] }, []],
  ])('%s', (_, kind, status, gone) => {
    expect(stuckPods(old(status), kind)).toEqual(gone);
  });
  test('stays until the controller has noticed the template', () => {
    expect(stuckPods(old({}, 0), 'local')).toEqual([]);
  });
});
