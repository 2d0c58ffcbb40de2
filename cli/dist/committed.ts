import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { Manifest } from '../../checker/manifests/manifest';
import type { ManifestFile } from '../../lib/output/files';
import { RefusedError } from '../terminal/errors';

/** Files of `dist/` at a Git ref. */
export interface Committed {
  /** The checkout, wherever the user stands. */
  readonly root: string;
  /** Path → id of the contents. */
  readonly ids: ReadonlyMap<string, string>;
}

/**
 * What a change is compared with: the last release that HEAD builds on, because that is what has been applied; HEAD if there is
 * none. The highest version counts, not the latest tag: an old release may be patched later.
 */
export function defaultRef(root: string): string {
  const tags =
    git(root, ['for-each-ref', '--merged=HEAD', '--format=%(refname:lstrip=2)', 'refs/tags']) ?? '';
  const releases = tags.split('\n').filter((tag) => RELEASE.test(tag));
  return releases.sort(byVersion).at(-1) ?? 'HEAD';
}

/** `v1.2.3` or `1.2.3`; a pre-release is not a release. */
const RELEASE = /^v?\d+\.\d+\.\d+$/;

function byVersion(a: string, b: string): number {
  const [left, right] = [a, b].map((tag) => tag.replace('v', '').split('.').map(Number));
  const differences = (left ?? []).map((number, i) => number - (right?.[i] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

/**
 * What a Git ref has in `dist/`.
 * @throws RefusedError if it is no ref, or has no dist/
 */
export function distAt(root: string, ref: string): Committed {
  const tree = git(root, ['ls-tree', '-r', '--end-of-options', ref, 'dist']);
  if (tree === undefined) {
    throw new RefusedError(
      `${ref}: is not a commit, branch or tag of this Git repository; \`git tag\` and \`git log\` list them`,
    );
  }
  const files = tree.split('\n').flatMap((line) => {
    const [, id, path] = /^\d+ blob (\w+)\t(.+)$/.exec(line) ?? [];
    return id && path ? [[path, id] as const] : [];
  });
  if (files.length === 0) throw new RefusedError(`${ref}: has no dist/ to compare with; name another ref`);
  return { root, ids: new Map(files) };
}

/**
 * What `dist/` was at the default ref; says so where there is no Git, no repository or no commit, and where the last commit has no dist/:
 * removed there, nothing of it runs any more.
 */
export function lastDist(root: string): Committed {
  try {
    const [head, ref] = [distAt(root, 'HEAD'), defaultRef(root)];
    return ref === 'HEAD' ? head : distAt(root, ref);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    console.error('No commit of dist/ was found: it is not compared with what it was.');
    return { root, ids: new Map() };
  }
}

/** An environment's objects as they were; none if it is a new one. */
export const environmentAt = (commit: Committed, name: string): Manifest[] =>
  committedManifests(commit, name, []);

/** The same, where the files that are about to be written are known: what has not changed is not read again. */
export function committedManifests(
  { root, ids }: Committed,
  name: string,
  files: readonly ManifestFile[],
): Manifest[] {
  const now = new Map(files.map((file) => [`dist/${name}/${file.name}`, file]));
  const changed: string[] = [];
  const unchanged = [...ids]
    .filter(([path]) => path.startsWith(`dist/${name}/`))
    .flatMap(([path, id]) => {
      const file = now.get(path);
      if (file && blobId(file.text) === id) return file.manifests;
      changed.push(id);
      return [];
    });
  return changed.length === 0 ? [...unchanged] : [...unchanged, ...read(root, changed, name, files)];
}

/** How Git names contents: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
const blobId = (text: string): string =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');

/** Reads files in one go, and parses only the objects that are not written in the same way now. */
function read(
  root: string,
  ids: readonly string[],
  name: string,
  files: readonly ManifestFile[],
): Manifest[] {
  const now = new Map(
    files.flatMap(({ text, manifests }) =>
      documents(text).map((document, i) => [document, manifests[i]] as const),
    ),
  );
  // What Git writes before each file separates YAML documents.
  const text = git(root, ['cat-file', '--batch=---'], ids.join('\n')) ?? '';
  return documents(text)
    .filter((document) => document !== '')
    .flatMap((document) => now.get(document) ?? parse(document, name));
}

const documents = (text: string): string[] => text.split(/^---\n/m).map((document) => document.trim());

function parse(document: string, name: string): Manifest[] {
  // The parser is loaded only when something has changed: most runs need none.
  const { loadAll } = require('js-yaml') as typeof import('js-yaml');
  try {
    const objects = (loadAll(document) as Manifest[]).filter((object) => object !== null);
    if (objects.every((object) => object?.kind && object.metadata?.name)) return objects;
  } catch {
    // Said below.
  }
  throw new RefusedError(
    `dist/${name}: has something in it, as committed, that is no Kubernetes object: ${document.slice(0, 60)}`,
  );
}

/** What Git answers; undefined when it refuses, or is not there. */
function git(root: string, args: readonly string[], input = ''): string | undefined {
  try {
    return execFileSync('git', ['-C', root, ...args], {
      encoding: 'utf8',
      input,
      stdio: ['pipe', 'pipe', 'ignore'],
      maxBuffer: Number.POSITIVE_INFINITY,
    });
  } catch {
    return undefined;
  }
}
