import { environments } from '../../lib/environments';
import type { Environment } from '../../lib/environments/environment';
import type { ManifestFile } from '../../lib/output/files';
import { parseEnvironments } from '../../rules/environments';
import type { CopedSubject } from '../../rules/rule';
import { subjectOf } from '../../rules/subject';
import { synthesize } from '../../rules/synthesize';
import { committedManifests, lastDist } from '../dist/committed';
import { type Drawing, drawing } from '../picture/drawing/svg';
import { headingOf } from '../picture/drawing/words';
import { graphOf } from '../picture/graph';
import type { Graph } from '../picture/graph/graph';
import { neighbours } from '../picture/graph/reach';

/** An environment as the page shows it: the objects that are written, and what else the rules know. */
export interface Seen {
  readonly name: string;
  readonly kind: Environment['kind'];
  readonly files: readonly ManifestFile[];
  readonly subject: CopedSubject;
  readonly graph: Graph;
}

/**
 * Every environment, after all checks.
 * @throws Problems if a rule finds something: the page must not show what must not be deployed
 */
export function seenNow(root: string): Seen[] {
  const before = lastDist(root);
  const folders = synthesize(environments, (...args) => committedManifests(before, ...args));
  return parseEnvironments(environments).flatMap((environment) => {
    const { name, kind } = environment;
    return folders
      .filter((folder) => folder.name === name)
      .map(({ files }) => {
        const manifests = files.flatMap((file) => file.manifests);
        // The page cannot show what it does not have.
        const { knownSecrets: _, ...subject } = subjectOf(environment, manifests, []);
        const graph = graphOf(name, manifests, neighbours(subject.outsiders, manifests));
        return { name, kind, files, subject, graph };
      });
  });
}

/** A picture of each environment, by its name: the same as in docs/. */
export type Pictures = ReadonlyMap<string, Drawing>;

export const picturesOf = async (seen: readonly Seen[]): Promise<Pictures> =>
  new Map(
    await Promise.all(
      seen.map(async ({ name, graph }) => [name, await drawing(graph, headingOf(graph))] as const),
    ),
  );
