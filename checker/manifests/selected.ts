import { grouped } from './grouped';
import { LabelIndex } from './label-index';
import type { LabelSelector } from './label-selector';
import type { Manifest } from './manifest';
import { namespaceOf } from './namespaces';
import { once, type Workload, workloads } from './workloads';

/** The workloads whose pods a selector selects: the selector's object and the pods share a namespace. */
export const selected = (
  manifests: readonly Manifest[],
  object: Manifest,
  selector: LabelSelector,
): readonly Workload[] => {
  const { matchLabels = {} } = selector;
  const near = indexes(manifests).get(namespaceOf(object));
  if (!Object.keys(matchLabels).some(isGiven)) return near?.select(selector) ?? [];
  const written = Object.entries(matchLabels).filter(([label]) => !isGiven(label));
  const found = near?.select({ ...selector, matchLabels: Object.fromEntries(written) });
  const pod = matchLabels['statefulset.kubernetes.io/pod-name'];
  return found?.filter(({ manifest }) => !pod || manifest.metadata.name === pod.replace(/-\d+$/, '')) ?? [];
};

/** Labels that controllers give to pods are in no template. */
const GIVEN = /^(statefulset|apps|batch)\.kubernetes\.io\/|^(job-name|controller-uid|pod-template-hash)$/;
const isGiven = (label: string): boolean => GIVEN.test(label);

const indexes = once((manifests: readonly Manifest[]) => {
  const all = grouped(workloads(manifests).map((one) => [namespaceOf(one.manifest), one]));
  return new Map(
    [...all].map(([namespace, near]) => [namespace, new LabelIndex(near, ({ labels }) => labels)]),
  );
});
