import { quantity } from '../../../formats/quantity';
import { type Bound, containerAmount, podAmount, readable } from '../../analysis/capacity';
import type { ObjectOf } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { containers, nameOf, ofKind, workloads } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';

export const limitRange = rule({
  id: 'limit-range',
  what: 'The LimitRange is missing or incomplete, or an object does not fit into it.',
  why: 'A pod that does not fit is refused when it is created, after `kubectl apply` has succeeded.',
  remedy: 'Change the pod, or the LimitRange.',
  link: 'https://kubernetes.io/docs/concepts/policy/limit-range/',
  find: ({ manifests }) => {
    const ranges = ofKind(manifests, 'LimitRange');
    if (ranges.length === 0) {
      if (workloads(manifests).length === 0) return undefined;
      const wrong = 'is missing, so a container without resources has no bounds';
      return { where: 'LimitRange', wrong, remedy: 'Emit one for the namespace', severity: 'warning' };
    }
    return [
      withoutDefault(ranges),
      ranges.map((range) =>
        (range.spec?.limits ?? []).map((item) => [
          hiddenCpuLimit(range, item),
          subjects(item.type ?? '', manifests).map((subject) => outside(subject, item, range)),
        ]),
      ),
    ];
  },
});

type Item = NonNullable<NonNullable<ObjectOf<'LimitRange'>['spec']>['limits']>[number];

interface Limited {
  readonly where: string;
  readonly amount: (bound: Bound, resource: string) => number;
}

/** Where the API server looks for what a container leaves out: a limit is also a request, the largest also the default. */
const LIMIT = ['default', 'max'] as const;
const REQUEST = ['defaultRequest', ...LIMIT, 'min'] as const;

const DEFAULTS = [
  { resource: 'cpu', fields: REQUEST, wrong: 'counts as requesting nothing' },
  { resource: 'memory', fields: REQUEST, wrong: 'counts as requesting nothing' },
  { resource: 'memory', fields: LIMIT, wrong: 'may use all of its node' },
];

function withoutDefault(ranges: readonly ObjectOf<'LimitRange'>[]): Findings {
  const items = ranges.flatMap(({ spec }) => spec?.limits ?? []).filter(({ type }) => type === 'Container');
  return DEFAULTS.filter(
    ({ resource, fields }) => !items.some((item) => fields.some((field) => item[field]?.[resource])),
  ).map(({ resource, fields, wrong }) => ({
    where: `LimitRange spec.limits[Container].${fields[0]}.${resource}`,
    wrong: `is missing, so a container without one ${wrong}`,
    remedy: 'Set it in the LimitRange of the namespace',
    severity: 'warning',
  }));
}

/** The objects that a limit of this type applies to. */
function subjects(type: string, manifests: readonly Manifest[]): Limited[] {
  const limited = (where: string, part: Parameters<typeof containerAmount>[0] = {}): Limited => ({
    where,
    amount: (bound, resource) => containerAmount(part, bound, resource),
  });
  if (type === 'Pod') {
    return workloads(manifests).map(({ podPath, pod }) => ({
      where: podPath,
      amount: (bound, resource) => podAmount(pod, bound, resource),
    }));
  }
  if (type !== 'PersistentVolumeClaim') {
    return workloads(manifests)
      .flatMap(containers)
      .map(({ path, spec }) => limited(path, spec));
  }
  return [
    ...ofKind(manifests, type).map((claim) => limited(`${nameOf(claim)} spec`, claim.spec)),
    ...workloads(manifests).flatMap(({ name, manifest }) =>
      (manifest.spec?.volumeClaimTemplates ?? []).map(({ metadata, spec }) =>
        limited(`${name} spec.volumeClaimTemplates[${metadata?.name}].spec`, {
          resources: { requests: spec?.resources?.requests },
        }),
      ),
    ),
  ];
}

/** Requests may not be below `min`, nor limits above `max`; what is not stated is not compared. */
function outside({ where, amount }: Limited, { type, min = {}, max = {} }: Item, range: Manifest): Findings {
  const bounded = type === 'PersistentVolumeClaim' ? 'requests' : 'limits';
  const compare = (bounds: Record<string, unknown>, bound: Bound, side: 'below' | 'above') =>
    Object.entries(bounds).map(([resource, given]) => {
      const value = amount(bound, resource);
      const difference = value - (quantity(given) ?? 0);
      if (value === 0 || (side === 'below' ? difference >= 0 : difference <= 0)) return undefined;
      return {
        where: `${where}.resources.${bound}.${resource}`,
        value: readable(value, resource),
        wrong: `is ${side} what ${nameOf(range)} allows, ${given}`,
        remedy: 'Change it, or the LimitRange',
      };
    });
  return [compare(min, 'requests', 'below'), compare(max, bounded, 'above')];
}

/** The API server makes a default limit of `max` where none is written, and gives it to every container without one. */
const hiddenCpuLimit = (range: Manifest, { type, default: limit, max }: Item): Findings => {
  const value = limit?.cpu ?? max?.cpu;
  if (type !== 'Container' || value === undefined) return undefined;
  return {
    where: `${nameOf(range)} spec.limits[Container].${limit?.cpu === undefined ? 'max' : 'default'}.cpu`,
    value,
    wrong: 'becomes the CPU limit of every container, and containers have none on purpose',
    remedy: 'Remove it; defaultRequest.cpu is enough',
  };
};
