import type { Manifest } from '../../checker/manifests/manifest';
import { withheldText } from '../../checker/secrets/withhold';
import { CliError } from '../terminal/errors';
import type { Result } from './execute';
import { FIELD_MANAGER } from './field-manager';
import { type ApiObject, type Kubectl, listOf } from './kubectl';

/** Lines of an error that are shown, and how much of each. */
const [LINES, LENGTH] = [10, 300];
/** Seconds for all objects together. */
const WITHIN = 300;

/** Whether plain `kubectl apply` has set fields of an object: only it can remove them. */
export const isPlain = ({ metadata }: ApiObject): boolean =>
  (metadata.managedFields ?? []).some(({ manager }: ApiObject) => manager === 'kubectl-client-side-apply');

export interface Applied {
  readonly manifest: Manifest;
  /** The same with the annotation of plain `kubectl apply`. */
  readonly annotated: Manifest;
  /** The object as it is; undefined if it does not exist. */
  readonly live: ApiObject | undefined;
}

/**
 * Applies objects with our own field manager; fields that others set stay. Plain `kubectl apply` may be used before and after.
 *
 * @param args more of `kubectl apply`
 * @param next what to do if it fails, by what kubectl says
 * @returns the answers of kubectl
 * @throws CliError
 */
export async function applyServerSide(
  kubectl: Kubectl,
  objects: readonly Applied[],
  args: readonly string[],
  next: (stderr: string) => string,
): Promise<Result[]> {
  // kubectl takes over the fields of plain `kubectl apply` only together with that one's annotation; so first without ours.
  const plain = objects.filter(({ live }) => live && isPlain(live)).map(({ manifest }) => manifest);
  const results: Result[] = [];
  for (const manifests of [plain, objects.map(({ annotated }) => annotated)]) {
    if (manifests.length === 0) continue;
    const own = ['--server-side', '--force-conflicts', `--field-manager=${FIELD_MANAGER}`, ...args];
    const input = listOf(manifests);
    const result = await kubectl.attempt(['apply', ...own, '--filename=-'], { input, within: WITHIN });
    if (result.code !== 0) throw failure(result.stderr, next(result.stderr));
    results.push(result);
  }
  return results;
}

function failure(stderr: string, next: string): CliError {
  const lines = stderr.trim().split('\n').filter(Boolean).slice(-LINES);
  const shown = lines.map((line) => `    ${withheldText(line.slice(0, LENGTH))}`);
  return new CliError(['not everything could be applied', ...shown].join('\n'), next);
}
