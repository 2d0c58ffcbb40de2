import type { Manifest } from '../../checker/manifests/manifest';

/** What is to be deployed. */
export interface Release {
  /** In the order in which they are applied. */
  readonly manifests: readonly Manifest[];
  /** Where it comes from, for people: `the sources`, `release 3`. */
  readonly origin: string;
  /** The commit of the sources; `-dirty` is added where they have changed since. Undefined without Git. */
  readonly commit?: string;
  /** The number of the earlier release that this one brings back. */
  readonly restores?: number;
}

/** Identifies an object; versions of an API show the same one. */
export function keyOf({ apiVersion, kind, metadata }: Identity): string {
  const group = apiVersion.includes('/') ? apiVersion.replace(/\/.*/, '') : '';
  return [kind, metadata.namespace ?? '', group, metadata.name].join(' ');
}

/** As much of an object as is needed to find it. */
export type Identity = Pick<Manifest, 'apiVersion' | 'kind'> & {
  readonly metadata: Pick<Manifest['metadata'], 'name' | 'namespace'>;
};

export const identityOf = ({ apiVersion, kind, metadata: { name, namespace } }: Identity): Identity => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
});
