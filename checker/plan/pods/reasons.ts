import { sameAmount } from '../../manifests/amounts';
import { grouped } from '../../manifests/grouped';
import type { ObjectOf } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { references } from '../../manifests/references';
import { nameOf } from '../../manifests/workloads';
import { type Change, changes as differing, isAmountAt } from '../changes';
import type { Changed } from '../difference';
import type { Release } from '../section';
import { wording } from '../wording';
import { imageName } from './image-name';

/** Names for paths in a container that are hard to read. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^env\[(?<what>[^\]]+)\]/, 'environment variable '],
  [/^env/, 'environment variables'],
  [/^(?:command|args)/, 'command'],
];

/** Why a workload's pods are not the pods they were, in words; empty if they are. */
export function reasons({ before, after, changes }: Changed, release: Release): string[] {
  const inTemplate = changes.flatMap((change) => {
    const path = /^spec\.(?:jobTemplate\.spec\.)?template(?:\.(?<path>.*))?$/.exec(change.path)?.groups;
    return path ? [{ ...change, path: path['path'] ?? '' }] : [];
  });
  const { configAnnotation, releaseAnnotation } = release.conventions;
  const isStamp = isOf(configAnnotation);
  const inPod = wordingOf(releaseAnnotation);
  // A Deployment compares amounts by their value; a StatefulSet and a DaemonSet compare what is kept.
  const isSame = (change: Change) => after.kind === 'Deployment' && isReworded(change);
  const found = inTemplate.filter((change) => !isStamp(change) && !isVersion(change) && !isSame(change));
  return [
    ...inContainers(found),
    ...found.filter(({ path }) => !IN_CONTAINER.test(path)).map(inPod),
    ...(inTemplate.some(isStamp) ? configuration(configurationChanges(before, after, release)) : []),
    // By itself it is a reason: Kubernetes compares templates, not meanings.
    ...(found.length === 0 ? inTemplate.filter(isVersion).map(inPod) : []),
  ];
}

const isOf =
  (annotation: string) =>
  ({ path, before, after }: Change): boolean =>
    path === `metadata.annotations[${annotation}]` ||
    (path === 'metadata.annotations' && annotation in Object(before ?? after));

const isReworded = ({ path, before, after }: Change): boolean =>
  isAmountAt(path) && sameAmount(before, after);

/** Follows the image. */
const isVersion = ({ path }: Change): boolean => path === 'metadata.labels[app.kubernetes.io/version]';

const configuration = (changes: readonly string[]): string[] =>
  changes.length > 0 ? changes.map((change) => `configuration: ${change}`) : ['configuration'];

const IN_CONTAINER = /^spec\.(?:initContainers|containers)\[(?<container>[^\]]+)\](?:\.(?<path>.*))?$/;

/** The same reason in several containers is one reason. */
function inContainers(changes: readonly Change[]): string[] {
  const found = changes.flatMap((change): [string, string][] => {
    const { container, path } = IN_CONTAINER.exec(change.path)?.groups ?? {};
    if (container === undefined) return [];
    const reason = path
      ? path === 'image'
        ? newImage(change)
        : `${ofContainer(path)}: ${wording(change)}`
      : change.before === undefined
        ? 'new container'
        : 'container removed';
    return [[reason, container]];
  });
  return [...grouped(found)].map(([reason, names]) => `${reason} (${names.join(', ')})`);
}

function ofContainer(path: string): string {
  for (const [pattern, words] of WORDS) {
    const match = pattern.exec(path);
    if (match) return `${words}${match.groups?.['what'] ?? ''}`;
  }
  return path;
}

const wordingOf =
  (releaseAnnotation: string) =>
  (change: Change): string =>
    change.path === `metadata.annotations[${releaseAnnotation}]`
      ? `new release: ${newImage(change)}`
      : `${change.path.replace(/^spec\./, '') || 'pod template'}: ${wording(change)}`;

function newImage({ before, after }: Change): string {
  const [old, now] = [imageName(before), imageName(after)];
  return old.name === now.name
    ? `new image ${now.name} ${old.version} → ${now.version}`
    : `new image ${old.name} ${old.version} → ${now.name} ${now.version}`;
}

/** Which ConfigMaps and Secrets that a workload uses have changed, and where: what is behind the stamp of its pods. */
function configurationChanges(
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
    .filter((key) => differing(before[key], after[key]).length > 0)
    .sort();
