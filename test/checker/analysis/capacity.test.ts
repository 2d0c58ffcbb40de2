import { podAmount, scaleOf, share } from '../../../checker/analysis/capacity';
import { workloads } from '../../../checker/manifests/workloads';
import { yamlOf } from '../../yaml';
import { type Change, changed } from '../cases/change';
import { good } from '../fixture';

type Amount = string | { readonly sidecar: string } | null;

const { pods, strategies, jobs, shares } = yamlOf<{
  readonly pods: Readonly<Record<string, { containers: Amount[]; init?: Amount[]; takes: number }>>;
  readonly strategies: readonly (readonly [strategy: object, surge: number, leaving: number])[];
  readonly jobs: readonly (readonly [parallelism: number, completions: number | null, pods: number])[];
  readonly shares: readonly (readonly [share: number | string, of: number, expected: number])[];
}>(__dirname, 'capacity.yaml');

const container = (amount: Amount) => {
  if (amount === null) return {};
  if (typeof amount === 'string') return { resources: { requests: { cpu: amount } } };
  return { resources: { requests: { cpu: amount.sidecar } }, restartPolicy: 'Always' };
};

test.each(Object.entries(pods))('%s', (_, { containers, init = [], takes }) => {
  const pod = { containers: containers.map(container), initContainers: init.map(container) };
  expect(podAmount(pod, 'requests', 'cpu')).toBe(takes);
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

test.each(strategies)('the strategy %j adds %d pods, and %d are leaving', (strategy, surge, leaving) => {
  expect(scaleAfter({ set: { 'Deployment/web spec.strategy': strategy } })).toMatchObject({ surge, leaving });
});

test.each(
  jobs,
)('a Job with parallelism %d and completions %d has %d pods at once', (parallelism, completions, pods) => {
  const name = 'Job/postgres-bootstrap';
  const set = {
    [`${name} spec.parallelism`]: parallelism,
    [`${name} spec.completions`]: completions ?? undefined,
  };
  expect(scaleAfter({ set }, name)).toEqual({ min: pods, max: pods, surge: 0, leaving: 0 });
});

test('a StatefulSet has no surge', () => {
  expect(scaleAfter({}, 'StatefulSet/elasticsearch')).toEqual({ min: 3, max: 3, surge: 0, leaving: 0 });
});

test.each(shares)('share %s of %d is %d', (value, of, expected) => {
  expect(share(value, of)).toBe(expected);
});
