import { canonicalize, FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff';
import { isA } from '../../checker/manifests/kubernetes';
import type { Manifest } from '../../checker/manifests/manifest';
import { nameOf } from '../../checker/manifests/workloads';
import { withheld } from '../../checker/secrets/withhold';
import { toYaml } from '../../lib/output/yaml';
import type { View } from '../release/view';

/** Every line that changes in the cluster, as `kubectl diff` shows it; secrets are not in it. */
export function fullDiff({ difference, live, pruned }: Pick<View, 'difference' | 'live' | 'pruned'>): string {
  const gone = pruned.map((object) => nameOf(object as Manifest));
  const parts = [
    ...difference.created.map((object) => part(nameOf(object), undefined, object)),
    ...difference.changed.map(({ name, before, after }) => part(name, before, after)),
    ...difference.orphaned
      .filter((object) => gone.includes(nameOf(object)))
      .map((object) => part(nameOf(object), object)),
  ];
  return parts.length > 0 ? parts.join('').trimEnd() : `Nothing changes: ${live.size} objects.`;
}

function part(name: string, before?: Manifest, after?: Manifest): string {
  const [old, now] = [before, after].map((object) => (object ? textOf(object) : ''));
  const titles = [before ? name : `${name} (does not exist)`, after ? name : `${name} (is deleted)`] as const;
  const patch = structuredPatch(...titles, old ?? '', now ?? '', '', '', { context: 3 });
  const hidden = patch.hunks.length === 0 ? '(a change that is not shown, because it may be a secret)\n' : '';
  return formatPatch(patch, FILE_HEADERS_ONLY) + hidden;
}

/** With sorted fields: the API server has another order than the sources. */
const textOf = (object: Manifest): string =>
  toYaml(canonicalize(masked(object), null, null, (_, value) => value));

/** An object without the values of a Secret, and without anything that may be a secret. A text is masked line by line. */
export function masked(manifest: Manifest): Manifest {
  if (!isA(manifest, 'Secret')) return mask(manifest, '') as Manifest;
  const { data = {}, stringData = {}, ...rest } = manifest;
  const keys = Object.keys({ ...data, ...stringData });
  return { ...(mask(rest, '') as Manifest), data: Object.fromEntries(keys.map((key) => [key, '[secret]'])) };
}

function mask(value: unknown, path: string): unknown {
  if (Array.isArray(value)) return value.map((item, i) => mask(item, `${path}[${item?.name ?? i}]`));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        mask(item, /(^|\.)data$/.test(path) ? `${path}[${key}]` : `${path}.${key}`.replace(/^\./, '')),
      ]),
    );
  }
  return typeof value === 'string'
    ? value
        .split('\n')
        .map((line) => withheld(line, path))
        .join('\n')
    : withheld(value, path);
}
