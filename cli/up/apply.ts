import type { Manifest } from '../../checker/manifests/manifest';
import { type ApiObject, type Kubectl, objectsIn } from '../cluster/kubectl';
import { applyServerSide, withLastApplied } from '../cluster/server-side-apply';
import { withContents } from './manifests';

/**
 * Applies objects as they are in the sources, and overwrites other changes: on a laptop the files are right.
 * Plain `kubectl apply` may be used before and after: what it has written becomes ours, and its own note is kept.
 *
 * @param there the objects as they are now
 * @param contents of the images that are built here
 * @returns the objects as the API server has them then
 * @throws CliError
 */
export async function applyAll(
  kubectl: Kubectl,
  manifests: readonly Manifest[],
  there: readonly ApiObject[],
  contents: ReadonlyMap<string, string>,
): Promise<ApiObject[]> {
  const live = new Map(there.map((object) => [idOf(object), object]));
  const objects = withContents(manifests, contents).map((manifest, i) => ({
    manifest,
    annotated: withLastApplied(manifest, manifests[i]),
    live: live.get(idOf(manifest)),
  }));
  const args = ['--output=json', '--show-managed-fields'];
  const answer = (await applyServerSide(kubectl, objects, args, next)).at(-1);
  return objectsIn(answer?.stdout ?? '');
}

const idOf = ({ kind, metadata }: ApiObject): string => [kind, metadata.namespace, metadata.name].join('/');

const next = (stderr: string): string =>
  /immutable|updates to statefulset spec/i.test(stderr)
    ? 'Some things cannot change in place: `npx coped down` keeps the data, then run it again'
    : 'Run it again: what is applied already stays as it is';
