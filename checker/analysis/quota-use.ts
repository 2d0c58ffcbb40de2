import { quantity, sum } from '../../formats/quantity';
import { inventory } from '../manifests/inventory';
import type { ClaimSpec, ObjectOf, PodSpec } from '../manifests/kubernetes';
import type { Manifest } from '../manifests/manifest';
import { ofKind, workloads } from '../manifests/workloads';
import type { Subject } from '../subject';
import { type Bound, most, podAmount, type Share, scaleOf } from './capacity';

/**
 * What peak usage takes of the thing that a key of a quota counts; undefined for keys that cannot be counted
 * from here.
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#types-of-resource-quota
 */
export function largestUse(
  key: string,
  quota: ObjectOf<'ResourceQuota'>,
  subject: Subject,
): number | undefined {
  const { manifests } = subject;
  const [, className, storage] =
    /^(?:(.+)\.storageclass\.storage\.k8s\.io\/)?(requests\.storage|persistentvolumeclaims)$/.exec(key) ?? [];
  if (storage) {
    const claims = claimsOf(manifests).filter(
      ({ spec }) => !className || spec?.storageClassName === className,
    );
    return sum(claims.map(({ spec, count }) => count * (storage === 'requests.storage' ? size(spec) : 1)));
  }
  const counted = objectsOf(key, subject);
  if (counted !== undefined) return counted;
  const shares = sharesAtMost(key, quota, manifests);
  return shares && sum(shares.map(({ amount }) => amount));
}

/** What each workload's pods take of it in the largest moment; undefined for what is not taken by pods. */
export function sharesAtMost(
  key: string,
  quota: ObjectOf<'ResourceQuota'>,
  manifests: readonly Manifest[],
): Share[] | undefined {
  const [, bound = 'requests', resource] = COMPUTE.exec(key) ?? [];
  if (key !== 'pods' && key !== 'count/pods' && !resource) return undefined;
  return workloads(manifests)
    .filter(({ pod }) => inScope(pod, quota))
    .map((workload) => {
      const pods = most(scaleOf(workload, manifests));
      const amount = resource ? podAmount(workload.pod, bound as Bound, resource) * pods : pods;
      return { workload, name: workload.name, amount };
    });
}

/** `cpu` is `requests.cpu`. Of devices and huge pages only requests can be limited. */
const COMPUTE = /^(?:(requests|limits)\.)?(cpu|memory|ephemeral-storage|hugepages-\S+|(?!count\/)\S+\/\S+)$/;

/** Claims, and how many there are of each: a StatefulSet makes one for each replica. */
const claimsOf = (
  manifests: readonly Manifest[],
): { readonly spec: ClaimSpec | undefined; readonly count: number }[] => [
  ...ofKind(manifests, 'PersistentVolumeClaim').map(({ spec }) => ({ spec, count: 1 })),
  ...workloads(manifests).flatMap((workload) => {
    const count = scaleOf(workload, manifests).max;
    return (workload.manifest.spec?.volumeClaimTemplates ?? []).map(({ spec }) => ({ spec, count }));
  }),
];

const size = (spec: ClaimSpec | undefined): number => quantity(spec?.resources?.requests?.storage) ?? 0;

/** The objects that a key counts, by its last word or as `count/…`: those emitted, and those that others add. */
function objectsOf(key: string, subject: Subject): number | undefined {
  const { manifests } = subject;
  const of = (kind: string) => ofKind(manifests, kind).length;
  const services = ofKind(manifests, 'Service');
  const typed = (...types: string[]) => services.filter(({ spec }) => types.includes(spec?.type ?? ''));
  switch (key.replace(/^count\//, '')) {
    case 'services':
      return services.length;
    case 'services.nodeports':
      return sum(typed('NodePort', 'LoadBalancer').map(({ spec }) => spec?.ports?.length ?? 0));
    case 'services.loadbalancers':
      return typed('LoadBalancer').length;
    case 'secrets':
      return [...inventory(subject).keys()].filter((id) => id.startsWith('Secret/')).length;
    // Every namespace has the cluster's root certificate, and an account named default.
    case 'configmaps':
      return of('ConfigMap') + 1;
    case 'serviceaccounts':
      return of('ServiceAccount') + 1;
    case 'deployments.apps':
      return of('Deployment');
    case 'statefulsets.apps':
      return of('StatefulSet');
    case 'cronjobs.batch':
      return of('CronJob');
    // A CronJob keeps its finished Jobs, beside the one that runs.
    case 'jobs.batch':
      return sum([of('Job'), ...ofKind(manifests, 'CronJob').map(({ spec }) => kept(spec) + 1)]);
    default:
      return undefined;
  }
}

const kept = ({
  successfulJobsHistoryLimit = 3,
  failedJobsHistoryLimit = 1,
}: NonNullable<ObjectOf<'CronJob'>['spec']> = {}): number =>
  successfulJobsHistoryLimit + failedJobsHistoryLimit;

/**
 * Whether a quota counts this pod: one with scopes counts only pods that are in all of them.
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes
 */
function inScope(pod: PodSpec, { spec }: ObjectOf<'ResourceQuota'>): boolean {
  const scopes = spec?.scopes ?? [];
  const expressions = spec?.scopeSelector?.matchExpressions ?? [];
  return [...scopes.map((scopeName) => ({ scopeName, operator: 'Exists' })), ...expressions].every(
    ({ scopeName = '', operator, values = [] }: Expression) => {
      if (scopeName !== 'PriorityClass') return SCOPES.get(scopeName)?.(pod) ?? false;
      const name = pod.priorityClassName;
      if (operator === 'In') return values.includes(name ?? '');
      if (operator === 'NotIn') return !values.includes(name ?? '');
      return (name !== undefined) === (operator === 'Exists');
    },
  );
}

interface Expression {
  readonly scopeName?: string;
  readonly operator?: string;
  readonly values?: readonly string[];
}

const SCOPES: ReadonlyMap<string, (pod: PodSpec) => boolean> = new Map([
  ['Terminating', (pod: PodSpec) => pod.activeDeadlineSeconds !== undefined],
  ['NotTerminating', (pod) => pod.activeDeadlineSeconds === undefined],
  ['BestEffort', (pod) => !asks(pod)],
  ['NotBestEffort', (pod) => asks(pod)],
]);

/** A pod that asks for no CPU and no memory, and is limited in neither, takes what is left over. */
const asks = ({ initContainers, containers }: PodSpec): boolean =>
  [...(initContainers ?? []), ...(containers ?? [])].some(({ resources }) =>
    (['requests', 'limits'] as const).some((bound) =>
      ['cpu', 'memory'].some((name) => resources?.[bound]?.[name] !== undefined),
    ),
  );
