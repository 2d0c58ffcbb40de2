import { grouped } from '../../manifests/grouped';
import type { Change } from '../changes';
import type { Changed } from '../difference';
import type { Release } from '../section';
import { wording } from '../wording';
import { configurationChanges } from './configuration';
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
  const found = inTemplate.filter((change) => !isStamp(change) && !isVersion(change));
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
