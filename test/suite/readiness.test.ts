import { isReady, missing, podState } from '../../cli/cluster/readiness';

const workload = (kind: string, spec: object, status: object, observedGeneration = 2) => ({
  kind,
  metadata: { name: 'x', generation: 2 },
  spec,
  status: { observedGeneration, ...status },
});
const served = { replicas: 2, updatedReplicas: 2, availableReplicas: 2 };
const kept = { readyReplicas: 3, currentRevision: 'b', updateRevision: 'b' };

test.each([
  ['is there', workload('Deployment', { replicas: 2 }, served), undefined],
  [
    'was not looked at since the change',
    workload('Deployment', { replicas: 2 }, served, 1),
    'not yet noticed',
  ],
  ['has old pods', workload('Deployment', { replicas: 2 }, { ...served, updatedReplicas: 1 }), '1/2 updated'],
  ['is slow', workload('Deployment', { replicas: 2 }, { ...served, availableReplicas: 0 }), '0/2 available'],
  [
    'has one too many',
    workload('Deployment', { replicas: 2 }, { ...served, replicas: 3 }),
    '1 of the old ones left',
  ],
  ['is complete', workload('StatefulSet', { replicas: 3 }, kept), undefined],
  ['lacks one', workload('StatefulSet', { replicas: 3 }, { ...kept, readyReplicas: 2 }), '2/3 ready'],
  [
    'is mixed',
    workload('StatefulSet', { replicas: 3 }, { ...kept, currentRevision: 'a' }),
    'still being updated',
  ],
  ['is done', workload('Job', {}, { conditions: [{ type: 'Complete', status: 'True' }] }), undefined],
  ['runs', workload('Job', {}, {}), 'not complete'],
  ['tries again', workload('Job', {}, { failed: 2 }), 'not complete, 2 failed tries'],
])('a workload that %s', (_, object, expected) => {
  expect(missing(object)).toBe(expected);
});

test('a failed Job is not waited for', () => {
  const job = workload('Job', {}, { conditions: [{ type: 'Failed', status: 'True' }] });
  expect(() => missing(job)).toThrow('Job/x has failed');
});

const pod = (status: object) => ({ metadata: { name: 'p' }, status });
const state = (of: object) => [{ name: 'c', state: of }];
const ready = { conditions: [{ type: 'Ready', status: 'True' }] };

test.each([
  [
    pod({ containerStatuses: state({ waiting: { reason: 'ErrImagePull', message: 'no' } }) }),
    'p ErrImagePull: no',
  ],
  [pod({ initContainerStatuses: state({ running: {} }) }), 'p running c'],
  [pod({ conditions: [{ type: 'PodScheduled', status: 'False', message: 'no node' }] }), 'p no node'],
  [pod({ phase: 'Running' }), 'p Running, not ready'],
  [pod(ready), 'p ready'],
])('a pod says what it waits for: %#', (object, expected) => {
  expect(podState(object)).toBe(expected);
});

test('ready is what the condition says', () => {
  expect(isReady(pod(ready))).toBe(true);
  expect(isReady(pod({ conditions: [{ type: 'Ready', status: 'False' }] }))).toBe(false);
  expect(isReady(pod({}))).toBe(false);
});
