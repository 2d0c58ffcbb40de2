import type { Manifest } from '../../checker/manifests/manifest';
import { nameOf } from '../../checker/manifests/workloads';
import { toYaml } from '../../lib/output/yaml';
import { masked } from './masked';
import { unified } from './unified';
import type { View } from './view';

/** Every line that changes in the cluster, as `kubectl diff` shows it; secrets are not in it. */
export function fullDiff({ difference, live, pruned }: View): string {
  const gone = pruned.map((object) => nameOf(object as Manifest));
  const parts = [
    ...difference.created.map((object) => part(nameOf(object), undefined, object)),
    ...difference.changed.map(({ name, before, after }) => part(name, before, after)),
    ...difference.orphaned
      .filter((object) => gone.includes(nameOf(object)))
      .map((object) => part(nameOf(object), object)),
  ];
  return parts.length > 0 ? parts.join('\n') : `Nothing changes: ${live.size} objects.`;
}

function part(name: string, before?: Manifest, after?: Manifest): string {
  const [old, now] = [before, after].map((object) => object && masked(object));
  const lines = unified(textOf(old), textOf(now));
  const head = [
    `--- ${name}${before ? '' : ' (is not there)'}`,
    `+++ ${name}${after ? '' : ' (is deleted)'}`,
  ];
  return [
    ...head,
    ...(lines.length > 0
      ? lines
      : ['(only something changes that is not shown, because it may be a secret)']),
  ].join('\n');
}

const textOf = (object: object | undefined): string => (object ? toYaml(sorted(object)) : '');

/** The API server has its own order of fields, the sources have theirs. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
