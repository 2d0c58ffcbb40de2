import { along, remove, replace, set, when, within } from '../change';
import { type Operator, onContainers, onObjects, onPods } from '../mutant';

const WITH_REPLICAS = ['Deployment', 'StatefulSet'];
const SCALERS = ['HorizontalPodAutoscaler'];

const memory = (target: object) => [{ type: 'Resource', resource: { name: 'memory', target } }];

/** How much, how many, how long. */
export const resources: readonly Operator[] = [
  onContainers(
    'drops a request or limit',
    remove('resources.{requests,limits}'),
    remove('resources.{requests,limits}.{cpu,memory,ephemeral-storage}'),
  ),
  onContainers(
    'writes an amount that is none',
    set('resources.requests.memory', 'much'),
    set('resources.requests.cpu', '0'),
  ),
  onContainers('requests more than the limit', set('resources.requests.memory', '900Gi')),
  onContainers('wants a hundred cores', set('resources.requests.cpu', '100')),
  onContainers(
    'takes an image that moves',
    replace('image', /[:@][^/]*$/, ':latest'),
    replace('image', /[:@][^/]*$/, ''),
    set('imagePullPolicy', 'Always'),
    remove('imagePullPolicy'),
  ),
  onObjects('lowers the quota', ['ResourceQuota'], set('spec.hard.*', '1m')),
  onObjects(
    'narrows the range of limits',
    ['LimitRange'],
    set('spec.limits.*.max', { memory: '1Mi' }),
    set('spec.limits.*.min', { memory: '900Gi' }),
  ),
  onPods('stops too early', set('terminationGracePeriodSeconds', 0), remove('terminationGracePeriodSeconds')),
  onContainers(
    'sleeps too long before it stops',
    set('lifecycle.preStop.{exec}.command', ['sleep', '3600']),
    set('lifecycle.preStop.{sleep}.seconds', 3600),
  ),
  onObjects('runs no replica', WITH_REPLICAS, set('spec.replicas', 0)),
  onObjects('runs far too many', WITH_REPLICAS, set('spec.replicas', 100)),
  onObjects(
    'scales to none or to too many',
    SCALERS,
    set('spec.minReplicas', 0),
    set('spec.maxReplicas', 1),
    set('spec.maxReplicas', 500),
  ),
  onObjects(
    'scales when it never happens',
    SCALERS,
    set('spec.metrics', memory({ type: 'Utilization', averageUtilization: 300 })),
    set('spec.metrics', memory({ type: 'AverageValue', averageValue: '900Gi' })),
  ),
  onObjects('scales without saying when', SCALERS, remove('spec.metrics'), set('spec.metrics', [])),
  onPods(
    'keeps more in memory than there is',
    within(
      'volumes.*',
      when('emptyDir.medium', /^Memory$/, set('emptyDir.sizeLimit', '900Gi'), remove('emptyDir.sizeLimit')),
    ),
  ),
  onObjects(
    'lets no pod go',
    ['PodDisruptionBudget'],
    set('spec.maxUnavailable', 0),
    along(remove('spec.maxUnavailable'), set('spec.minAvailable', '100%')),
  ),
];
