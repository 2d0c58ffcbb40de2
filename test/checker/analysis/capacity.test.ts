import { podAmount, scaleOf, share } from '../../../checker/analysis/capacity';
import { workloads } from '../../../checker/manifests/workloads';
import { broken, good } from '../fixture';

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

const scaleOfWeb = (change: Parameters<typeof broken>[1], name = 'Deployment/web') => {
  const { manifests } = broken(name, change);
  const web = workloads(manifests).find((workload) => workload.name === name);
  return web && scaleOf(web, manifests);
};

test('takes the range of an autoscaler, and the surge of its largest', () => {
  const { manifests } = good();
  const web = workloads(manifests).find(({ name }) => name === 'Deployment/web');
  expect(web && scaleOf(web, manifests)).toEqual({ min: 2, max: 4, surge: 1, leaving: 2 });
});

test('knows the strategies of Deployments', () => {
  const pods = (strategy: object) => {
    const { surge, leaving } = scaleOfWeb(({ spec }) => Object.assign(spec, { strategy })) ?? {};
    return { surge, leaving };
  };
  const rolling = (rollingUpdate: object) => pods({ type: 'RollingUpdate', rollingUpdate });
  expect(pods({ type: 'Recreate' })).toEqual({ surge: 0, leaving: 0 });
  expect(rolling({ maxSurge: '100%', maxUnavailable: 0 })).toEqual({ surge: 4, leaving: 4 });
  expect(rolling({ maxSurge: 2, maxUnavailable: '49%' })).toEqual({ surge: 2, leaving: 3 });
  expect(rolling({ maxSurge: 0, maxUnavailable: '1%' })).toEqual({ surge: 0, leaving: 1 });
});

test('counts no more pods of a Job than it has to complete', () => {
  const job = (spec: object) =>
    scaleOfWeb((object) => Object.assign(object.spec, spec), 'Job/postgres-bootstrap')?.max;
  expect(job({ parallelism: 3, completions: 2 })).toBe(2);
  expect(job({ parallelism: 3, completions: 4 })).toBe(3);
});

test('counts Jobs by their parallelism and StatefulSets without a surge', () => {
  expect(scaleOfWeb(({ spec }) => Object.assign(spec, { parallelism: 3 }), 'Job/postgres-bootstrap')).toEqual(
    { min: 3, max: 3, surge: 0, leaving: 0 },
  );
  expect(scaleOfWeb(() => undefined, 'StatefulSet/elasticsearch')).toEqual({
    min: 3,
    max: 3,
    surge: 0,
    leaving: 0,
  });
});

test.each<[number | string, number, number]>([
  [1, 10, 1],
  ['25%', 4, 1],
  ['25%', 5, 2],
  ['0%', 5, 0],
])('share %s of %d is %d', (value, of, expected) => {
  expect(share(value, of)).toBe(expected);
});

test('takes an autoscaler for what it scales only', () => {
  const { manifests } = broken('HorizontalPodAutoscaler/web', ({ spec }) => {
    spec.scaleTargetRef.kind = 'StatefulSet';
  });
  const web = workloads(manifests).find(({ name }) => name === 'Deployment/web');
  expect(web && scaleOf(web, manifests)).toEqual({ min: 1, max: 1, surge: 1, leaving: 1 });
});
