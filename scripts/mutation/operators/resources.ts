import { drop, type Operator, onContainers, onObjects, onPods, positions, put } from '../mutant';

const AMOUNTS = ['cpu', 'memory', 'ephemeral-storage'];

const memory = (target: object) => ({ type: 'Resource', resource: { name: 'memory', target } });

/** How much, how many, how long. */
export const resources: readonly Operator[] = [
  onContainers('drops a request or limit', () =>
    ['requests', 'limits'].flatMap((bound) => [
      (c) => drop(c, 'resources', bound),
      ...AMOUNTS.map((amount) => (c: object) => drop(c, 'resources', bound, amount)),
    ]),
  ),
  onContainers('writes an amount that is none', () => [
    (c) => put(c, 'much', 'resources', 'requests', 'memory'),
    (c) => put(c, '0', 'resources', 'requests', 'cpu'),
  ]),
  onContainers('requests more than the limit', () => [
    (c) => put(c, '900Gi', 'resources', 'requests', 'memory'),
  ]),
  onContainers('wants a hundred cores', () => [(c) => put(c, '100', 'resources', 'requests', 'cpu')]),
  onContainers('takes an image that moves', () => [
    (c) => put(c, c.image.replace(/[:@][^/]*$/, ':latest'), 'image'),
    (c) => put(c, c.image.replace(/[:@][^/]*$/, ''), 'image'),
    (c) => put(c, 'Always', 'imagePullPolicy'),
    (c) => drop(c, 'imagePullPolicy'),
  ]),
  onObjects('lowers the quota', ['ResourceQuota'], ({ spec }) =>
    Object.keys(spec.hard).map((key) => (o) => put(o, '1m', 'spec', 'hard', key)),
  ),
  onObjects('narrows the range of limits', ['LimitRange'], ({ spec }) =>
    positions(spec.limits).flatMap((i) => [
      (o) => put(o, { memory: '1Mi' }, 'spec', 'limits', i, 'max'),
      (o) => put(o, { memory: '900Gi' }, 'spec', 'limits', i, 'min'),
    ]),
  ),
  onPods('stops too early', () => [
    (pod) => put(pod, 0, 'terminationGracePeriodSeconds'),
    (pod) => drop(pod, 'terminationGracePeriodSeconds'),
  ]),
  onContainers('sleeps too long before it stops', ({ lifecycle }) =>
    lifecycle?.preStop?.exec
      ? [(c) => put(c, ['sleep', '3600'], 'lifecycle', 'preStop', 'exec', 'command')]
      : lifecycle?.preStop?.sleep
        ? [(c) => put(c, 3600, 'lifecycle', 'preStop', 'sleep', 'seconds')]
        : [],
  ),
  onObjects('runs no replica', ['Deployment', 'StatefulSet'], () => [(o) => put(o, 0, 'spec', 'replicas')]),
  onObjects('runs far too many', ['Deployment', 'StatefulSet'], () => [
    (o) => put(o, 100, 'spec', 'replicas'),
  ]),
  onObjects('scales to none or to too many', ['HorizontalPodAutoscaler'], () => [
    (o) => put(o, 0, 'spec', 'minReplicas'),
    (o) => put(o, 1, 'spec', 'maxReplicas'),
    (o) => put(o, 500, 'spec', 'maxReplicas'),
  ]),
  onObjects('scales when it never happens', ['HorizontalPodAutoscaler'], () => [
    (o) => put(o, [memory({ type: 'Utilization', averageUtilization: 300 })], 'spec', 'metrics'),
    (o) => put(o, [memory({ type: 'AverageValue', averageValue: '900Gi' })], 'spec', 'metrics'),
  ]),
  onObjects('scales without saying when', ['HorizontalPodAutoscaler'], () => [
    (o) => drop(o, 'spec', 'metrics'),
    (o) => put(o, [], 'spec', 'metrics'),
  ]),
  onPods('keeps more in memory than there is', ({ volumes }) =>
    positions(volumes)
      .filter((i) => volumes[i].emptyDir?.medium === 'Memory')
      .flatMap((i) => [
        (p) => put(p, '900Gi', 'volumes', i, 'emptyDir', 'sizeLimit'),
        (p) => drop(p, 'volumes', i, 'emptyDir', 'sizeLimit'),
      ]),
  ),
  onObjects('lets no pod go', ['PodDisruptionBudget'], () => [
    (o) => put(o, 0, 'spec', 'maxUnavailable'),
    (o) => {
      o.spec = { selector: o.spec.selector, minAvailable: '100%' };
      return 'minAvailable: 100%';
    },
  ]),
];
