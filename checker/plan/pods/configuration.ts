import type { ObjectOf } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { references } from '../../manifests/references';
import { nameOf } from '../../manifests/workloads';
import { changes } from '../changes';
import type { Release } from '../section';

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
    const keys = (['data', 'binaryData', 'stringData'] as const).flatMap((field) =>
      keysOf(old.get(name)?.[field], now.get(name)?.[field]),
    );
    return keys.length > 0 ? [`${name} has other contents in ${keys.join(', ')}`] : [];
  });
}

type Configuration = ObjectOf<'ConfigMap'> & ObjectOf<'Secret'>;

/** The maps that a workload names, of those that are there. */
function used(workload: Manifest, manifests: readonly Manifest[]): Map<string, Configuration> {
  const names = new Set(references([workload]).map(({ kind, name }) => `${kind}/${name}`));
  return new Map(
    manifests
      .filter(({ kind }) => kind === 'ConfigMap' || kind === 'Secret')
      .map((manifest): [string, Configuration] => [nameOf(manifest), manifest])
      .filter(([name]) => names.has(name)),
  );
}

type Data = ObjectOf<'ConfigMap'>['data'];

/** Names of entries that differ, never their values. */
const keysOf = (before: Data = {}, after: Data = {}): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => changes(before[key], after[key]).length > 0)
    .sort();
