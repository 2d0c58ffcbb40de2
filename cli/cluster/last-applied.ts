import type { Manifest } from '../../checker/manifests/manifest';

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
