import type { Volume } from '../manifests/kubernetes';
import { once } from '../manifests/workloads';

/** A Secret or a ConfigMap in a volume, alone or as one of the sources of a projected volume. */
export interface VolumeSource {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name?: string;
  /** `secret`, or `projected.sources[0].secret`. */
  readonly path: string;
  readonly defaultMode?: number;
  readonly items?: readonly { readonly key?: string; readonly path?: string; readonly mode?: number }[];
  readonly optional?: boolean;
}

export const sourcesOf = (volume: Volume | undefined): readonly VolumeSource[] => sources(volume ?? {});

const sources = once(({ configMap, secret, projected }: Volume): readonly VolumeSource[] =>
  [
    { path: '', configMap, secret: secret && { ...secret, name: secret.secretName } },
    ...(projected?.sources ?? []).map((source, i) => ({ ...source, path: `projected.sources[${i}].` })),
  ].flatMap(({ path, configMap, secret }) => [
    ...(secret ? [{ ...secret, kind: 'Secret' as const, path: `${path}secret` }] : []),
    ...(configMap ? [{ ...configMap, kind: 'ConfigMap' as const, path: `${path}configMap` }] : []),
  ]),
);
