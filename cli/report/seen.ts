import { environments } from '../../lib/environments';
import type { Environment } from '../../lib/environments/environment';
import type { ManifestFile } from '../../lib/output/files';
import { parseEnvironments } from '../../rules/environments';
import type { CopedSubject } from '../../rules/rule';
import { subjectOf } from '../../rules/subject';
import { synthesize } from '../../rules/synthesize';
import { committedManifests, lastDist } from '../dist/committed';

/** An environment as the page shows it: the objects that are written, and what the rules know besides. */
export interface Seen {
  readonly name: string;
  readonly kind: Environment['kind'];
  /** The environment that this one is a smaller copy of. */
  readonly shapeOf?: string;
  readonly files: readonly ManifestFile[];
  readonly subject: CopedSubject;
}

/**
 * Every environment, after all checks.
 * @throws Problems if a rule finds something: a page about what must not be deployed would be taken for a good one
 */
export function seenNow(): Seen[] {
  const before = lastDist();
  const folders = synthesize(environments, (...args) => committedManifests(before, ...args));
  return parseEnvironments(environments).flatMap((environment) => {
    const { name, kind, shapeOf } = environment;
    return folders
      .filter((folder) => folder.name === name)
      .map(({ files }) => {
        const manifests = files.flatMap((file) => file.manifests);
        // What the page does not know it cannot show.
        const { knownSecrets: _, ...subject } = subjectOf(environment, manifests, []);
        return { name, kind, shapeOf, files, subject };
      });
  });
}
