import { along, remove, replace, set, when, within } from '../change';
import { type Operator, onContainers, onObjects, onPods } from '../mutant';

const WITH_REPLICAS = ['Deployment', 'StatefulSet'];
const SCALERS = ['HorizontalPodAutoscaler'];

const memory = (target: object) => [{ type: 'Resource', resource: { name: 'memory', target } }];

/** How much, how many, how long. */
export const resources: readonly Operator[] = [
  ...onContainers({
    'drops a request or limit': [
      remove('resources.{requests,limits}'),
      remove('resources.{requests,limits}.{cpu,memory,ephemeral-storage}'),
    ],
    'writes an amount that is none': [
      set('resources.requests.memory', 'much'),
      set('resources.requests.cpu', '0'),
    ],
    'requests more than the limit': set('resources.requests.memory', '900Gi'),
    'wants a hundred cores': set('resources.requests.cpu', '100'),
    'takes an image that moves': [
      replace('image', /[:@][^/]*$/, ':latest'),
      replace('image', /[:@][^/]*$/, ''),
      set('imagePullPolicy', 'Always'),
      remove('imagePullPolicy'),
    ],
  }),
  ...onObjects(['ResourceQuota'], {
    'lowers the quota': set('spec.hard.*', '1m'),
  }),
  ...onObjects(['LimitRange'], {
    'narrows the range of limits': [
      set('spec.limits.*.max', { memory: '1Mi' }),
      set('spec.limits.*.min', { memory: '900Gi' }),
    ],
  }),
  ...onPods({
    'stops too early': [set('terminationGracePeriodSeconds', 0), remove('terminationGracePeriodSeconds')],
  }),
  ...onContainers({
    'sleeps too long before it stops': [
      set('lifecycle.preStop.{exec}.command', ['sleep', '3600']),
      set('lifecycle.preStop.{sleep}.seconds', 3600),
    ],
  }),
  ...onObjects(WITH_REPLICAS, {
    'runs no replica': set('spec.replicas', 0),
    'runs far too many': set('spec.replicas', 100),
  }),
  ...onObjects(SCALERS, {
    'scales to none or to too many': [
      set('spec.minReplicas', 0),
      set('spec.maxReplicas', 1),
      set('spec.maxReplicas', 500),
    ],
    'scales when it never happens': [
      set('spec.metrics', memory({ type: 'Utilization', averageUtilization: 300 })),
      set('spec.metrics', memory({ type: 'AverageValue', averageValue: '900Gi' })),
    ],
    'scales without saying when': [remove('spec.metrics'), set('spec.metrics', [])],
  }),
  ...onPods({
    'keeps more in memory than there is': within(
      'volumes.*',
      when('emptyDir.medium', /^Memory$/, set('emptyDir.sizeLimit', '900Gi'), remove('emptyDir.sizeLimit')),
    ),
  }),
  ...onObjects(['PodDisruptionBudget'], {
    'lets no pod go': [
      set('spec.maxUnavailable', 0),
      along(remove('spec.maxUnavailable'), set('spec.minAvailable', '100%')),
    ],
  }),
];
