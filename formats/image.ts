/** registry/path/name:tag@digest, as container runtimes read it. */
const REFERENCE =
  /^(?<name>[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:(?<port>\d+)(?=\/))?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*)(:(?<tag>\w[\w.-]{0,127}))?(@sha256:(?<digest>[0-9a-f]{64}))?$/;

/** Tags that move by their name, with or without the name of a distribution behind. */
const MOVING = /^(latest-.*|(latest|stable|main|master|edge|nightly|rolling|release|dev|lts)(-[a-z]+)*)$/;

/** `17`, `v17`, `17-alpine3.21`: a major version moves with every release; six digits or more are a date or a commit. */
const MAJOR = /^(v|pg)?\d{1,5}(-[a-z]+|-alpine[\d.]+)*$/;

/** What the images are called that a laptop builds for itself. */
export const LOCAL_TAG = 'development';

export interface ImageReference {
  /** Registry and path: `docker.io/library/postgres`. */
  readonly name: string;
  readonly tag?: string;
  /** Digits of the SHA-256 digest. */
  readonly digest?: string;
}

/** The parts of an image reference; undefined if it is none. */
export function parseImage(text: unknown): ImageReference | undefined {
  const groups = typeof text === 'string' ? REFERENCE.exec(text)?.groups : undefined;
  const { port = '1', name, tag, digest } = groups ?? {};
  return name && Number(port) > 0 && Number(port) <= 65_535 ? { name, tag, digest } : undefined;
}

/**
 * Whether the reference can be another image tomorrow: it has no digest, and no tag that names one version. A tag
 * without a digit names a state of affairs. The tag of a laptop's own images moves too, and there it does not matter.
 */
export const moves = ({ tag, digest }: Omit<ImageReference, 'name'>): boolean =>
  digest === undefined && (tag === undefined || MOVING.test(tag) || MAJOR.test(tag) || !/\d/.test(tag));
