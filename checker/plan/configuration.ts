import type { Manifest } from '../manifests/check';
import { references } from '../manifests/references';
import { nameOf } from '../manifests/workloads';
import { changes } from './changes';
import type { Release } from './section';

/** Which ConfigMaps and Secrets that a workload uses have changed, and where: what is behind the stamp of its pods. */
export function configurationChanges(
  before: Manifest,
  after: Manifest,
  { committed, manifests }: Pick<Release, 'committed' | 'manifests'>,
): string[] {
  const [old, now] = [used(before, committed), used(after, manifests)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((name) => {
    if (!old.has(name)) return [`${name} is used now`];
    if (!now.has(name)) return [`${name} is not used any more`];
    const keys = ['data', 'binaryData', 'stringData'].flatMap((field) =>
      keysOf(old.get(name)?.[field], now.get(name)?.[field]),
    );
    return keys.length > 0 ? [`${name} has other contents in ${keys.join(', ')}`] : [];
  });
}

/** The maps that a workload names, of those that are there. */
function used(workload: Manifest, manifests: readonly Manifest[]): Map<string, Manifest> {
  const names = new Set(references([workload]).map(({ kind, name }) => `${kind}/${name}`));
  return new Map(
    manifests
      .filter(({ kind }) => kind === 'ConfigMap' || kind === 'Secret')
      .map((manifest): [string, Manifest] => [nameOf(manifest), manifest])
      .filter(([name]) => names.has(name)),
  );
}

/** Names of entries that differ, never their values. */
const keysOf = (before: Manifest['data'] = {}, after: Manifest['data'] = {}): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => changes(before[key], after[key]).length > 0)
    .sort();
