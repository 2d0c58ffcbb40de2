import { isA } from '../../checker/manifests/kubernetes';
import type { Manifest } from '../../checker/manifests/manifest';
import { withheld } from '../../checker/secrets/withhold';
import type { ApiObject } from '../cluster/kubectl';

/** An object as it may be shown: nothing of a Secret, and nothing that may be a secret. Texts of several lines are judged line by line. */
export function masked(manifest: Manifest): Manifest {
  if (!isA(manifest, 'Secret')) return mask(manifest, '') as Manifest;
  const { data = {}, stringData = {}, ...rest } = manifest;
  const keys = Object.keys({ ...data, ...stringData });
  return { ...(mask(rest, '') as Manifest), data: Object.fromEntries(keys.map((key) => [key, '[secret]'])) };
}

function mask(value: ApiObject, path: string): unknown {
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
