import type { Status } from '../../cli/cluster/api-object';
import { isReady, missing, podState } from '../../cli/cluster/readiness';

const workload = (kind: string, status: Status, observedGeneration = 2) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'x', generation: 2 },
  spec: { replicas: 2 },
  status: { observedGeneration, ...status },
});
const deployment = (change: Status, generation?: number) =>
  workload('Deployment', { replicas: 2, updatedReplicas: 2, availableReplicas: 2, ...change }, generation);
const statefulSet = (change: Status) =>
  workload('StatefulSet', { readyReplicas: 2, currentRevision: 'b', updateRevision: 'b', ...change });
const job = (status: Status) => workload('Job', status);

test.each([
  ['is there', deployment({}), undefined],
  ['was not looked at since the change', deployment({}, 1), 'not yet noticed'],
  ['has old pods', deployment({ updatedReplicas: 1 }), '1/2 updated'],
  ['is slow', deployment({ availableReplicas: 0 }), '0/2 available'],
  ['has one too many', deployment({ replicas: 3 }), '1 of the old ones left'],
  ['is complete', statefulSet({}), undefined],
  ['lacks one', statefulSet({ readyReplicas: 1 }), '1/2 ready'],
  ['is mixed', statefulSet({ currentRevision: 'a' }), 'still being updated'],
  ['is done', job({ conditions: [{ type: 'Complete', status: 'True' }] }), undefined],
  ['runs', job({}), 'not complete'],
  ['tries again', job({ failed: 2 }), 'not complete, 2 failed tries'],
])('a workload that %s', (_, object, expected) => {
  expect(missing(object)).toBe(expected);
});

test('a failed Job is not waited for', () => {
  const failed = job({ conditions: [{ type: 'Failed', status: 'True' }] });
  expect(() => missing(failed)).toThrow('Job/x has failed');
});

const pod = (status: Status) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, status });
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
