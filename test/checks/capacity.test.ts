import { podAmount, scaleOf, share } from '../../lib/checks/capacity';
import { workloads } from '../../lib/checks/workloads';
import { broken, good } from './fixture';

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
  expect(web && scaleOf(web, manifests)).toEqual({ min: 2, max: 4, surge: 1 });
});

test('knows the strategies of Deployments', () => {
  expect(scaleOfWeb(({ spec }) => Object.assign(spec, { strategy: { type: 'Recreate' } }))?.surge).toBe(0);
  const surge = (maxSurge: unknown) => ({ strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge } } });
  expect(scaleOfWeb(({ spec }) => Object.assign(spec, surge('100%')))?.surge).toBe(4);
  expect(scaleOfWeb(({ spec }) => Object.assign(spec, surge(2)))?.surge).toBe(2);
});

test('counts Jobs by their parallelism and StatefulSets without a surge', () => {
  expect(scaleOfWeb(({ spec }) => Object.assign(spec, { parallelism: 3 }), 'Job/postgres-bootstrap')).toEqual(
    { min: 3, max: 3, surge: 0 },
  );
  expect(scaleOfWeb(() => undefined, 'StatefulSet/elasticsearch')).toEqual({ min: 3, max: 3, surge: 0 });
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
  expect(web && scaleOf(web, manifests)).toEqual({ min: 1, max: 1, surge: 1 });
});
