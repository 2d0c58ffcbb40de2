import { podAmount, scaleOf, share } from '../../../checker/analysis/capacity';
import { workloads } from '../../../checker/manifests/workloads';
import { type Change, changed } from '../cases/change';
import { good } from '../fixture';

const cpu = (amount: string, more = {}) => ({ resources: { requests: { cpu: amount } }, ...more });
const sidecar = (amount: string) => cpu(amount, { restartPolicy: 'Always' });

test.each([
  ['containers run together', { containers: [cpu('100m'), cpu('200m')] }, 0.3],
  [
    'init containers run one by one',
    { containers: [cpu('100m')], initContainers: [cpu('250m'), cpu('200m')] },
    0.25,
  ],
  ['containers may be the larger part', { containers: [cpu('1')], initContainers: [cpu('250m')] }, 1],
  ['sidecars stay', { containers: [cpu('100m')], initContainers: [sidecar('50m')] }, 0.15],
  [
    'sidecars run beside later init containers',
    { containers: [cpu('100m')], initContainers: [sidecar('50m'), cpu('200m')] },
    0.25,
  ],
  [
    'sidecars do not run beside earlier ones',
    { containers: [cpu('100m')], initContainers: [cpu('200m'), sidecar('50m')] },
    0.2,
  ],
  ['nothing asked, nothing counted', { containers: [{}] }, 0],
])('%s', (_, pod, expected) => {
  expect(podAmount(pod, 'requests', 'cpu')).toBe(expected);
});

/** How many pods a workload has after changes to it, and whether it has an autoscaler. */
const scaleAfter = (change: Change = {}, name = 'Deployment/web') => {
  const manifests = changed(good().manifests, change);
  const workload = workloads(manifests).find((workload) => workload.name === name);
  return workload && scaleOf(workload, manifests);
};

test('takes the range of an autoscaler, and the surge of its largest', () => {
  expect(scaleAfter()).toEqual({ min: 2, max: 4, surge: 1, leaving: 2 });
  const other = { set: { 'HorizontalPodAutoscaler/web spec.scaleTargetRef.kind': 'StatefulSet' } };
  expect(scaleAfter(other)).toEqual({ min: 1, max: 1, surge: 1, leaving: 1 });
});

test.each([
  [{ type: 'Recreate' }, 0, 0],
  [{ type: 'RollingUpdate', rollingUpdate: { maxSurge: '100%', maxUnavailable: 0 } }, 4, 4],
  [{ type: 'RollingUpdate', rollingUpdate: { maxSurge: 2, maxUnavailable: '49%' } }, 2, 3],
  [{ type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: '1%' } }, 0, 1],
])('the strategy %j adds %d pods, and %d are leaving', (strategy, surge, leaving) => {
  expect(scaleAfter({ set: { 'Deployment/web spec.strategy': strategy } })).toMatchObject({ surge, leaving });
});

test.each([
  [3, undefined, 3],
  [3, 2, 2],
  [3, 4, 3],
])('a Job with parallelism %d and completions %d has %d pods at once', (parallelism, completions, pods) => {
  const name = 'Job/postgres-bootstrap';
  const set = { [`${name} spec.parallelism`]: parallelism, [`${name} spec.completions`]: completions };
  expect(scaleAfter({ set }, name)).toEqual({ min: pods, max: pods, surge: 0, leaving: 0 });
});

test('a StatefulSet has no surge', () => {
  expect(scaleAfter({}, 'StatefulSet/elasticsearch')).toEqual({ min: 3, max: 3, surge: 0, leaving: 0 });
});

test.each<[number | string, number, number]>([
  [1, 10, 1],
  ['25%', 4, 1],
  ['25%', 5, 2],
  ['0%', 5, 0],
])('share %s of %d is %d', (value, of, expected) => {
  expect(share(value, of)).toBe(expected);
});
