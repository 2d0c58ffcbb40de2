import type { Manifest } from '../manifests/manifest';
import { nameOf } from '../manifests/workloads';
import { withheld } from '../secrets/withhold';
import { type Change, changes } from './changes';
import { HIDDEN } from './wording';

/** An object that is there before and after, and is not the same. */
export interface Changed {
  /** `Deployment/web` */
  readonly name: string;
  readonly before: Manifest;
  readonly after: Manifest;
  readonly changes: readonly Change[];
}

/** What `kubectl apply` would do to each object, each list sorted by kind and name. */
export interface Difference {
  readonly created: readonly Manifest[];
  readonly changed: readonly Changed[];
  /** There before and not after: `kubectl apply` deletes nothing, so they stay in the cluster. */
  readonly orphaned: readonly Manifest[];
  readonly unchanged: readonly Manifest[];
}

/** Compares two sets of objects; in which order they are given does not matter. */
export function difference(before: readonly Manifest[], after: readonly Manifest[]): Difference {
  const old = byIdentity(before);
  const now = byIdentity(after);
  const compared = [...now].flatMap(([key, manifest]) => {
    const known = old.get(key);
    return known ? [compare(known, manifest)] : [];
  });
  return {
    created: [...now].filter(([key]) => !old.has(key)).map(([, manifest]) => manifest),
    changed: compared.filter(({ changes }) => changes.length > 0),
    orphaned: [...old].filter(([key]) => !now.has(key)).map(([, manifest]) => manifest),
    unchanged: compared.filter(({ changes }) => changes.length === 0).map(({ after }) => after),
  };
}

/** What identifies an object for the API server; a version of an API is only a way to look at them. */
const byIdentity = (manifests: readonly Manifest[]): Map<string, Manifest> =>
  new Map(
    manifests
      .map((manifest): [string, Manifest] => {
        const { apiVersion, metadata } = manifest;
        const group = apiVersion.includes('/') ? apiVersion.replace(/\/.*/, '') : '';
        return [`${nameOf(manifest)} ${metadata.namespace ?? ''} ${group}`, manifest];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const compare = (before: Manifest, after: Manifest): Changed => {
  const found = changes(before, after);
  return {
    name: nameOf(after),
    before,
    after,
    changes: found.map(after.kind === 'Secret' ? hidden : withoutSecrets),
  };
};

/** Of a Secret only this is shown. */
const PUBLIC = /^(apiVersion|type|immutable|metadata\.labels)\b/;

const hidden = ({ path, before, after }: Change): Change =>
  PUBLIC.test(path)
    ? { path, before, after }
    : { path, before: before === undefined ? before : HIDDEN, after: after === undefined ? after : HIDDEN };

/** A plan is copied into pull requests: what looks like a secret stays out of it, wherever it is. */
const withoutSecrets = ({ path, before, after }: Change): Change => ({
  path,
  before: withheld(before, path),
  after: withheld(after, path),
});
