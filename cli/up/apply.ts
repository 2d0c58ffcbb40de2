import type { Manifest } from '../../checker/manifests/manifest';
import { FIELD_MANAGER } from '../cluster/field-manager';
import { type ApiObject, type Kubectl, listOf } from '../cluster/kubectl';
import { withLastApplied } from '../cluster/last-applied';
import { CliError } from '../terminal/errors';
import { withContents } from './manifests';

/** Under this name plain `kubectl apply` writes. */
const PLAIN = 'kubectl-client-side-apply';

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
  const wanted = withContents(manifests, contents);
  const plain = new Set(there.filter(isPlain).map(idOf));
  const handedOver = wanted.filter((object) => plain.has(idOf(object)));
  // kubectl hands over what it has written together with its note, so first without ours.
  if (handedOver.length > 0) await serverSide(kubectl, handedOver);
  return serverSide(
    kubectl,
    wanted.map((object, i) => withLastApplied(object, manifests[i])),
  );
}

const isPlain = ({ metadata }: ApiObject): boolean =>
  metadata.managedFields?.some(({ manager }: { manager: string }) => manager === PLAIN) ?? false;

const idOf = ({ kind, metadata }: ApiObject): string => [kind, metadata.namespace, metadata.name].join('/');

async function serverSide(kubectl: Kubectl, objects: readonly object[]): Promise<ApiObject[]> {
  const args = [
    'apply',
    '--server-side',
    '--force-conflicts',
    `--field-manager=${FIELD_MANAGER}`,
    '--output=json',
    '--show-managed-fields',
    '--filename=-',
  ];
  const { code, stdout, stderr } = await kubectl.attempt(args, { input: listOf(objects), within: 180 });
  if (code !== 0) throw notApplied(stderr);
  const answer: ApiObject = JSON.parse(stdout);
  return answer.items ?? [answer];
}

function notApplied(stderr: string): CliError {
  const lines = stderr.trim().split('\n').slice(0, 8);
  const message = ['not everything could be applied', ...lines.map((line) => `    ${line}`)].join('\n');
  return /immutable|updates to statefulset spec/i.test(stderr)
    ? new CliError(
        message,
        'Some things cannot change in place: `npx coped down` keeps the data, then run it again',
      )
    : new CliError(message, 'Run it again: what is applied already stays as it is');
}
