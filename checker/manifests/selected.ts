import { grouped } from './grouped';
import { LabelIndex } from './label-index';
import type { LabelSelector } from './label-selector';
import type { Manifest } from './manifest';
import { once, type Workload, workloads } from './workloads';

export const namespaceOf = ({ metadata }: Manifest): string => metadata.namespace ?? 'default';

/** The workloads whose pods a selector selects: the selector's object and the pods share a namespace. */
export const selected = (
  manifests: readonly Manifest[],
  object: Manifest,
  selector: LabelSelector,
): readonly Workload[] => indexes(manifests).get(namespaceOf(object))?.select(selector) ?? [];

const indexes = once((manifests: readonly Manifest[]) => {
  const byNamespace = grouped(workloads(manifests).map((one) => [namespaceOf(one.manifest), one]));
  return new Map(
    [...byNamespace].map(([namespace, all]) => [namespace, new LabelIndex(all, ({ labels }) => labels)]),
  );
});
