/** Minor versions of Kubernetes 1: the oldest and the newest whose rules are known here. */
export const OLDEST = 27;
export const NEWEST = 37;

export const VERSIONS: readonly number[] = Array.from({ length: NEWEST - OLDEST + 1 }, (_, i) => OLDEST + i);

/** Some of these versions: from `since` on and before `before`; all where neither is given. */
export interface Versions {
  readonly since?: number;
  readonly before?: number;
}

export const includes = ({ since = OLDEST, before = NEWEST + 1 }: Versions, version: number): boolean =>
  since <= version && version < before;

/** `from Kubernetes 1.34 on`; nothing to say where it is all of them. */
export const inWords = ({ since = OLDEST, before = NEWEST + 1 }: Versions): string =>
  [
    ...(since > OLDEST ? [`from Kubernetes 1.${since} on`] : []),
    ...(before <= NEWEST ? [`before Kubernetes 1.${before}`] : []),
  ].join(' and ');
