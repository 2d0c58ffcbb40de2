import type { Manifest } from '../../manifests/manifest';
import { containers, workloads } from '../../manifests/workloads';
import { componentOf } from '../../reachability/matrix';
import type { Section } from '../section';
import { count } from '../wording';
import { imageName } from './image-name';

/** Which images are exchanged for which, and who runs them. */
export const images: Section = {
  title: 'Images',
  explanation: 'The programs in the containers. Each has to be in its registry before you apply.',
  entries: ({ applied, committed }) => {
    const [old, now] = [imagesIn(committed), imagesIn(applied)];
    return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((name) => {
      const [before, after] = [old.get(name), now.get(name)];
      const what = exchanged(list(before?.versions), list(after?.versions));
      return what ? { about: name, what, details: [`used by ${list((after ?? before)?.users)}`] } : [];
    });
  },
  summary: (entries) => (entries.length > 0 ? `${count(entries.length, 'image')} changed` : undefined),
};

const list = (names: ReadonlySet<string> = new Set()): string => [...names].sort().join(', ');

function exchanged(before: string, after: string): string | undefined {
  if (before === after) return undefined;
  if (before === '') return `${after} is new`;
  return after === '' ? `${before} is not used any more` : `${before} → ${after}`;
}

interface Image {
  readonly versions: Set<string>;
  /** Components that run it. */
  readonly users: Set<string>;
}

/** Images by their names. */
function imagesIn(manifests: readonly Manifest[]): Map<string, Image> {
  const images = new Map<string, Image>();
  for (const workload of workloads(manifests)) {
    for (const { spec } of containers(workload)) {
      const { name, version } = imageName(spec.image);
      const image = images.get(name) ?? { versions: new Set(), users: new Set() };
      image.versions.add(version);
      image.users.add(componentOf(workload));
      images.set(name, image);
    }
  }
  return images;
}
