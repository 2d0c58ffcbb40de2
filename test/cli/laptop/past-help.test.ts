import { hasFailed, lostPod, stuckPods } from '../../../cli/laptop/past-help';

const JOB = { kind: 'Job' };
const OWN = ['coped/django:development'];
const pod = (name: string, created: string, container: object = {}, more: object = {}) => ({
  metadata: { name, creationTimestamp: created, labels: { 'controller-revision-hash': 'old' }, ...more },
  status: {
    containerStatuses: [{ name: 'main', image: 'coped/django:development', restartCount: 0, ...container }],
  },
});
const waits = (reason: string, more: object = {}) => ({ state: { waiting: { reason } }, ...more });

const pulling = (message: string) => ({
  image: 'postgres:99',
  state: { waiting: { reason: 'ImagePullBackOff', message } },
});

test.each<[string, object, string | undefined]>([
  ['runs', { state: { running: {} } }, undefined],
  ['is being made', waits('ContainerCreating'), undefined],
  ['has no image that only we can bring', waits('ErrImagePull'), 'own image'],
  ['waits for a registry', pulling('dial tcp: i/o timeout'), undefined],
  [
    'asks for what no registry has',
    pulling('rpc error: docker.io/library/postgres:99: not found'),
    'no image',
  ],
  ['has ended once or twice', waits('CrashLoopBackOff', { restartCount: 2 }), undefined],
  ['ends again and again', waits('CrashLoopBackOff', { restartCount: 3 }), 'crash'],
])('a pod that %s', (_, container, why) => {
  expect(lostPod(JOB, [pod('a', '2026-01-01T00:00:00Z', container)], OWN)?.why).toBe(why);
});

test('only the newest pod counts, and none that is going', () => {
  const crash = waits('CrashLoopBackOff', { restartCount: 9 });
  const [old, fresh] = [pod('a', '2026-01-01T00:00:00Z', crash), pod('b', '2026-01-02T00:00:00Z')];
  expect(lostPod(JOB, [old, fresh], OWN)).toBeUndefined();
  expect(lostPod(JOB, [], OWN)).toBeUndefined();
  expect(lostPod(JOB, [pod('a', '', crash, { deletionTimestamp: 'now' })], OWN)).toBeUndefined();
});

test.each<[string, object, boolean]>([
  [
    'a Deployment that nobody has looked at',
    { kind: 'Deployment', status: { observedGeneration: 1, updatedReplicas: 1 } },
    false,
  ],
  [
    'a Deployment without its new pod',
    { kind: 'Deployment', status: { observedGeneration: 2, updatedReplicas: 0 } },
    false,
  ],
  [
    'a Deployment with its new pod',
    { kind: 'Deployment', status: { observedGeneration: 2, updatedReplicas: 1 } },
    true,
  ],
  [
    'a StatefulSet of another template',
    { kind: 'StatefulSet', status: { observedGeneration: 2, updateRevision: 'new' } },
    false,
  ],
  [
    'a StatefulSet of this template',
    { kind: 'StatefulSet', status: { observedGeneration: 2, updateRevision: 'old' } },
    true,
  ],
])('%s, whose pod ends again and again: past help, or not', (_, workload, lost) => {
  const crash = pod('a', '2026-01-01T00:00:00Z', waits('CrashLoopBackOff', { restartCount: 9 }));
  const applied = { metadata: { generation: 2 }, spec: { replicas: 1 }, ...workload };
  expect(lostPod(applied, [crash], OWN) !== undefined).toBe(lost);
});

describe('a StatefulSet whose pod is not ready', () => {
  const set = (updateRevision: string, observedGeneration = 2) => ({
    metadata: { generation: 2 },
    status: { updateRevision, observedGeneration },
  });
  const broken = pod('postgres-0', '');
  test('lets it go once the template is another', () => {
    expect(stuckPods(set('new'), [broken])).toEqual(['postgres-0']);
  });
  test('keeps it while it is of this template, and while nobody knows yet', () => {
    expect(stuckPods(set('old'), [broken])).toEqual([]);
    expect(stuckPods(set('new', 1), [broken])).toEqual([]);
  });
  test('keeps one that is ready: the controller replaces it in its own time', () => {
    const ready = { ...broken, status: { conditions: [{ type: 'Ready', status: 'True' }] } };
    expect(stuckPods(set('new'), [ready])).toEqual([]);
  });
});

test('only a Job fails for ever', () => {
  const failed = {
    kind: 'Job',
    metadata: { name: 'x' },
    status: { conditions: [{ type: 'Failed', status: 'True' }] },
  };
  expect(hasFailed(failed)).toBe(true);
  expect(hasFailed({ kind: 'Job', metadata: { name: 'x' }, status: {} })).toBe(false);
});
