/** registry/path/name:tag@digest, as container runtimes read it. */
const REFERENCE =
  /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:(?<port>\d+)(?=\/))?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:(?<tag>\w[\w.-]{0,127}))?(@sha256:(?<digest>[0-9a-f]{64}))?$/;

/** Tags that move by their name, with or without the name of a distribution behind. */
const MOVING = /^(latest|stable|main|master|edge|nightly|rolling|release|dev|lts)(-[a-z]+)*$/;

/** `17`, `v17`, `17-trixie`: a major version moves with every release; six digits or more are a date or a commit. */
const MAJOR = /^v?\d{1,5}(-[a-z]+)*$/;

/** What the images are called that a laptop builds for itself. */
export const LOCAL_TAG = 'development';

export interface ImageReference {
  readonly tag?: string;
  /** Digits of the SHA-256 digest. */
  readonly digest?: string;
}

/** The parts of an image reference; undefined if it is none. */
export function parseImage(text: unknown): ImageReference | undefined {
  const { port = '1', ...parts } =
    (typeof text === 'string' ? REFERENCE.exec(text)?.groups : undefined) ?? {};
  return 'tag' in parts && Number(port) > 0 && Number(port) <= 65_535 ? parts : undefined;
}

/**
 * Whether the reference can be another image tomorrow: it has no digest, and no tag that names one version. A tag
 * without a digit names a state of affairs. The tag of a laptop's own images moves too, and there it does not matter.
 */
export const moves = ({ tag, digest }: ImageReference): boolean =>
  digest === undefined && (tag === undefined || MOVING.test(tag) || MAJOR.test(tag) || !/\d/.test(tag));
