import type { Manifest } from '../manifests/manifest';

/** Something that cannot be changed once an object exists. */
export interface Field<M extends Manifest = Manifest> {
  readonly path: string;
  /** What is compared, where that is not just the value at the path. */
  of?(manifest: M): unknown;
  /** Whether it is fixed at all between these two. */
  fixed?(before: M, after: M): boolean;
  /** A part of what the API server answers; nothing where it accepts the change and ignores it. */
  readonly answer?: string;
  /** What is lost, or cut off, when the object is replaced: the rest of "at stake: …". */
  readonly stake: string;
  /** How to get there all the same: the rest of "if it has to change, …". */
  way(before: M): string;
  /** The values must not be shown. */
  readonly secret?: boolean;
}

/** `kubectl --namespace coped-production delete service web` */
export const deletion = ({ kind, metadata }: Manifest, ...options: string[]): string =>
  [
    'kubectl',
    ...(metadata.namespace ? ['--namespace', metadata.namespace] : []),
    'delete',
    kind.toLowerCase(),
    metadata.name,
    ...options,
  ].join(' ');

/** For what can be made again from the manifest alone. */
export const again = (before: Manifest): string => `\`${deletion(before)}\`, then apply`;
