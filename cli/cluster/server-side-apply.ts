import type { Manifest } from '../../checker/manifests/manifest';
import { withheldText } from '../../checker/secrets/withhold';
import { CliError } from '../terminal/errors';
import type { Result } from './execute';
import { type ApiObject, type Kubectl, listOf } from './kubectl';

/** Our field manager: the API server records which fields are ours. */
export const FIELD_MANAGER = 'coped';

/** Lines of an error that are shown, and how much of each. */
const [LINES, LENGTH] = [10, 300];
/** Seconds for all objects together. */
const WITHIN = 300;

/** Whether plain `kubectl apply` has set fields of an object: only it can remove them. */
export const isPlain = ({ metadata }: Pick<ApiObject, 'metadata'>): boolean =>
  (metadata.managedFields ?? []).some(({ manager }) => manager === 'kubectl-client-side-apply');

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

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Adds the note that plain `kubectl apply` leaves on an object, about what it has applied. Without it the next
 * `kubectl apply -f dist/…` would warn about every object, and would not remove what the sources no longer say.
 *
 * @param written the object as the file has it, if more than that is applied
 */
export function withLastApplied(manifest: Manifest, written: Manifest = manifest): Manifest {
  const { annotations = {}, ...metadata } = written.metadata;
  const note = goJson({ ...written, metadata: { ...metadata, annotations } });
  return {
    ...manifest,
    metadata: {
      ...manifest.metadata,
      annotations: { ...manifest.metadata.annotations, [LAST_APPLIED]: note },
    },
  };
}

/** As kubectl writes JSON, so that it finds nothing to change: keys sorted, a line end, and some signs escaped. */
const goJson = (value: unknown): string => `${JSON.stringify(sorted(value)).replace(ESCAPED, escaped)}\n`;

/** Go's encoder expects that JSON may end up in HTML. */
const ESCAPED = /[<>&\u2028\u2029]/g;
const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, sorted(field)]),
  );
}
