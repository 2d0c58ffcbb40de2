import type { Manifest } from '../checks/check';
import { containers, workloads } from '../checks/workloads';
import { componentOf } from '../network/matrix';
import { imageName } from './image-name';
import type { Section } from './section';
import { count } from './wording';

/** Which images are exchanged for which, and who runs them. */
export const images: Section = {
  title: 'Images',
  explanation: 'The programs in the containers. Each has to be in its registry before you apply.',
  entries: ({ manifests, committed }) => {
    const [old, now] = [imagesIn(committed), imagesIn(manifests)];
    return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((name) => {
      const [before, after] = [old, now].map((images) => images.get(name) ?? new Map<string, Set<string>>());
      const versions = [before, after].map((versions) => [...(versions?.keys() ?? [])].sort().join(', '));
      if (versions[0] === versions[1]) return [];
      return {
        about: name,
        what: versions.map((version) => version || 'none').join(' → '),
        details: [
          `used by ${[...new Set([...((versions[1] ? after : before)?.values() ?? [])].flatMap((users) => [...users]))].sort().join(', ')}`,
        ],
      };
    });
  },
  summary: (entries) => (entries.length > 0 ? `${count(entries.length, 'image')} updated` : undefined),
};

/** Name of an image → version → components that run it. */
function imagesIn(manifests: readonly Manifest[]): Map<string, Map<string, Set<string>>> {
  const images = new Map<string, Map<string, Set<string>>>();
  for (const workload of workloads(manifests)) {
    for (const { spec } of containers(workload)) {
      const { name, version } = imageName(spec.image);
      const versions = images.get(name) ?? new Map<string, Set<string>>();
      images.set(
        name,
        versions.set(version, (versions.get(version) ?? new Set()).add(componentOf(workload))),
      );
    }
  }
  return images;
}
