import type { Manifest } from '../../checker/manifests/manifest';
import type { Plan } from '../../checker/plan';
import { coped } from '../../lib/coped';
import { filesOf, type ManifestFile } from '../../lib/output/files';
import { parseEnvironments } from '../../rules/environments';
import { plan } from '../../rules/plan';
import { modelOf, subjectOf } from '../../rules/subject';
import { committedManifests, distAt } from '../dist/committed';
import type { World } from '../world';

/**
 * What a deploy of the sources would do, compared with dist/ at a Git ref.
 * @throws RefusedError if there is no such ref
 */
export function planOf({ environments, root }: World, name: string, ref: string): Plan {
  const commit = distAt(root, ref);
  const [input] = environments.filter((environment) => environment.name === name);
  // Environments of the same shape are compared with each other.
  const others = environments.filter((other) => other.name === input?.shapeOf);
  const [environment, model] = parseEnvironments([input, ...others]).map((parsed) => ({
    parsed,
    files: filesOf(coped(parsed)),
  }));
  if (!environment) throw new Error(`${name} cannot be read`);
  const { parsed, files } = environment;
  const committed = committedManifests(commit, name, files);
  return plan({
    ...subjectOf(parsed, objectsIn(files), committed),
    ...modelOf(model && { environment: model.parsed, manifests: objectsIn(model.files) }),
  });
}

const objectsIn = (files: readonly ManifestFile[]): Manifest[] => files.flatMap(({ manifests }) => manifests);
